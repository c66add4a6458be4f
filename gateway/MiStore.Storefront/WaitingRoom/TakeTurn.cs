using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.WaitingRoom;

/// <summary>It is the shopper's turn, and they go to the checkout with what they waited for.</summary>
static class TakeTurn
{
    public static void MapTakeTurn(this RouteGroupBuilder shop) => shop.MapPost("/sales/{id:guid}/turn", Handle);

    static async Task<IResult> Handle(
        Guid id, [FromForm] int quantity, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        var sale = (await store.GetSale(id, cancellation)).OrThrow();
        if (await ShowLine.PlaceOf(id, http, store, cancellation) is not { AdmittedUntil: { } until, State: "admitted" } place)
            return Results.LocalRedirect(visit.Place.Sale(id));
        if (visit.Cart is { } other && other.Market != visit.Market)
            return Results.LocalRedirect(visit.Place.Cart);

        var reply = visit.Cart is { } cart
            ? await store.SetCartLine(cart.Id, sale.Sku, quantity, visit.Language, cancellation)
            : await store.OpenCart(new OpenCartRequest(visit.Market, [new CartLineRequest(sale.Sku, quantity)]), visit.Language, cancellation);
        if (!reply.Is(out var changed, out var refusal))
            return ShowLine.Of(sale, place, http, visit, Refusals.Say(refusal, visit), status: refusal.Status);

        CartCookie.Write(http, changed.Id);
        new Turn(id, sale.Sku, until, place.Ticket, place.ExtensionsLeft ?? 0).Write(http, until - place.ServerTime);
        return Results.LocalRedirect(visit.Place.Checkout);
    }
}
