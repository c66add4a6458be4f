using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Products;

/// <summary>The shopper looks at one product, and at what stands between them and it.</summary>
static class ShowProduct
{
    public static void MapShowProduct(this RouteGroupBuilder shop) => shop.MapGet("/products/{slug}", Handle).IsSameForAll();

    static async Task<IResult> Handle(string slug, Visit visit, StoreClient store, CancellationToken cancellation) =>
        Page.Of<ProductPage>(new
        {
            Visit = visit, Product = (await store.GetProduct(visit.Market, slug, visit.Language, cancellation)).OrThrow(),
        });
}
