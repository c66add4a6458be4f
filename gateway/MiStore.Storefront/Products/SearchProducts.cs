using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Products;

/// <summary>The shopper looks for something by its words.</summary>
static class SearchProducts
{
    const int LongestSearch = 100;

    public static void MapSearchProducts(this RouteGroupBuilder shop) => shop.MapGet("/search", Handle);

    static async Task<IResult> Handle(string? q, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        var text = (q ?? "").Trim();
        if (text.Length > LongestSearch)
            text = text[..LongestSearch];

        var found = text == ""
            ? visit.Shelf
            : (await store.BrowseProducts(visit.Market, visit.Language, text, cancellation: cancellation)).OrThrow().Items;
        return Page.Of<ListingPage>(new
        {
            Visit = visit,
            Title = text == "" ? visit.Words.AllProducts : string.Format(visit.Words.SearchTitle, text),
            Products = found,
            SearchText = text,
        });
    }
}
