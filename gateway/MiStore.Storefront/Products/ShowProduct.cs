using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Products;

/// <summary>The shopper looks at one product, and at what stands between them and it.</summary>
static class ShowProduct
{
    public static void MapShowProduct(this RouteGroupBuilder shop) => shop.MapGet("/products/{slug}", Handle).IsSameForAll();

    static Task<IResult> Handle(string slug, Visit visit, StoreClient store, CancellationToken cancellation) =>
        Of(slug, visit, store, cancellation);

    /// <param name="problem">Why what was just asked for did not happen.</param>
    /// <param name="news">What was just done.</param>
    /// <param name="email">What was typed into the form that asks for a mail.</param>
    public static async Task<IResult> Of(
        string slug, Visit visit, StoreClient store, CancellationToken cancellation,
        string? problem = null, string? news = null, string? email = null, int quantity = 1, int status = StatusCodes.Status200OK)
    {
        var sales = store.ListSales(visit.Market, cancellation);
        var product = (await store.GetProduct(visit.Market, slug, visit.Language, cancellation)).OrThrow();
        return Page.Of<ProductPage>(new
        {
            Visit = visit,
            Product = product,
            // Who sells in turn being away is no reason to hide what is sold to everybody.
            Sales = (await sales).Value?.Where(sale => sale.Phase is "upcoming" or "drawing" or "open").ToList() ?? [],
            Problem = problem,
            News = news,
            Email = email,
            Quantity = quantity,
        }, status);
    }
}
