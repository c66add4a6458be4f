using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Orders;

/// <summary>An order came to nothing and the customer still wants it: a new cart with the same lines.</summary>
static class OrderAgain
{
    public static void MapOrderAgain(this RouteGroupBuilder shop) => shop.MapPost("/orders/{id:guid}/cart", Handle);

    static async Task<IResult> Handle(
        Guid id, [FromForm] string key, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        var order = (await store.GetOrder(id, key, cancellation: cancellation)).OrThrow();
        if (!(await Refill(order, visit, store, cancellation)).Is(out var cart, out var refusal))
            return ShowOrder.Of(order, key, http, visit, Refusals.Say(refusal, visit), refusal.Status);

        CartCookie.Write(http, cart.Id);
        return Results.LocalRedirect(visit.Place.Cart);
    }

    public static Task<Reply<Cart>> Refill(
        Order order, Visit visit, StoreClient store, CancellationToken cancellation) => store.OpenCart(
        new OpenCartRequest(
            order.Market, [.. order.Lines.Select(line => new CartLineRequest(line.Sku, line.Quantity))]),
        visit.Language, cancellation);
}
