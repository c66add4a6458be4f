using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Carts;

/// <summary>The shopper takes their cart along to this market, and is told what that changes.</summary>
static class MoveCart
{
    public static void MapMoveCart(this RouteGroupBuilder shop) => shop.MapPost("/cart/market", Handle);

    /// <param name="cart">The one that the shopper saw when they decided.</param>
    static async Task<IResult> Handle([FromForm] string cart, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        if (visit.Cart is not { } current || current.Id != cart)
            return Results.LocalRedirect(visit.Place.Cart);

        var moved = (await store.SwitchMarket(current.Id, visit.Market, visit.Language, cancellation)).OrThrow();
        return Page.Of<CartPage>(new { Visit = visit with { Cart = moved.Cart }, Changes = moved.Changes });
    }
}
