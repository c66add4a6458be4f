using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Carts;

/// <summary>
/// The shopper goes on with a cart from another device: as it is where this device has none, else put into the one that is here, with
/// everything said that could not simply be added up. Pressing the button twice adds nothing twice.
/// </summary>
static class TakeLinkedCart
{
    public static void MapTakeLinkedCart(this RouteGroupBuilder shop) => shop.MapPost("/cart/from/{id:maxlength(64)}", Handle);

    /// <param name="into">The cart of this device that the shopper saw when they decided; empty where there was none.</param>
    static async Task<IResult> Handle(
        string id, [FromForm] string? into, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        var own = visit.Cart is { Lines.Count: > 0 } cart ? cart : null;
        if (own?.Id == id)
            return Results.LocalRedirect(visit.Place.Cart);
        if ((own?.Id ?? "") != (into ?? "") || own is not null && own.Market != visit.Market)
            return Results.LocalRedirect(ShowLinkedCart.Address(visit.Place, id));

        if (!(await store.GetCart(id, visit.Language, cancellation)).Is(out var linked, out var refusal))
            return Refused(refusal);
        if (own is null)
        {
            CartCookie.Write(http, linked.Id);
            return Results.LocalRedirect(visit.Place.Cart);
        }

        return (await store.MergeCarts(own.Id, linked.Id, visit.Language, cancellation)).Is(out var merged, out refusal)
            ? Page.Of<CartPage>(new { Visit = visit with { Cart = merged.Cart }, Merged = linked.Lines, merged.Changes })
            : Refused(refusal);

        IResult Refused(Refusal refusal) => refusal.Status == StatusCodes.Status503ServiceUnavailable
            ? throw new RefusedException(refusal)
            : Page.Of<CartPage>(new { Visit = visit, Problem = Refusals.Say(refusal, visit) }, refusal.Status);
    }
}
