using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Products;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Carts;

/// <summary>The shopper picks a product. Asking for it again asks for more of it; what cannot be is explained where they asked.</summary>
static class AddToCart
{
    public static void MapAddToCart(this RouteGroupBuilder shop) => shop.MapPost("/cart/lines", Handle);

    static async Task<IResult> Handle(
        [FromForm] string sku, [FromForm] string slug, [FromForm] int quantity,
        HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        if (visit.Cart is { } other && other.Market != visit.Market)
            // The cart is in another market: they decide there whether it comes along.
            return Results.LocalRedirect(visit.Place.Cart);

        var has = visit.Cart?.Lines.FirstOrDefault(line => line.Sku == sku)?.Quantity ?? 0;
        var reply = visit.Cart is { } cart
            ? await store.SetCartLine(cart.Id, sku, has + quantity, visit.Language, cancellation)
            : await store.OpenCart(new OpenCartRequest(visit.Market, [new CartLineRequest(sku, quantity)]), visit.Language, cancellation);

        if (reply.Is(out var changed, out var refusal))
        {
            CartCookie.Write(http, changed.Id);
            return Results.LocalRedirect(visit.Place.Cart);
        }

        if (refusal.Status == 503)
            throw new RefusedException(refusal);

        var problem = has > 0 && refusal.Code == "limit-exceeded"
            ? Refusals.Say(refusal, visit) + " " + string.Format(visit.Words.AlreadyInCart, has)
            : Refusals.Say(refusal, visit);
        return await ShowProduct.Of(slug, visit, store, cancellation, problem, quantity: quantity, status: refusal.Status);
    }
}
