using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Products;

/// <summary>The shopper looks along one part of the shelf.</summary>
static class ShowCategory
{
    public static void MapShowCategory(this RouteGroupBuilder shop) => shop.MapGet("/categories/{slug}", Handle).IsSameForAll();

    static async Task<IResult> Handle(string slug, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        var listing = (await store.BrowseProducts(visit.Market, visit.Language, category: slug, cancellation: cancellation)).OrThrow();
        return listing.Items is [var first, ..]
            ? Page.Of<ListingPage>(new { Visit = visit, Title = first.CategoryName, Products = listing.Items, IsFound = true })
            : FaultPages.NotFound(http);
    }
}
