using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Carts;

/// <summary>The shopper looks at what they have picked.</summary>
static class ShowCart
{
    public static void MapShowCart(this RouteGroupBuilder shop) => shop
        .MapGet("/cart", (Visit visit) => Page.Of<CartPage>(new { Visit = visit }));
}
