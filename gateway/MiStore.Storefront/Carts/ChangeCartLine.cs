using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Carts;

/// <summary>The shopper wants more or fewer of a line, or none.</summary>
static class ChangeCartLine
{
    public static void MapChangeCartLine(this RouteGroupBuilder shop) => shop.MapPost("/cart/lines/{sku}", Handle);

    /// <param name="remove">There when the button beside the line was the one for none.</param>
    static async Task<IResult> Handle(
        string sku, [FromForm] int? quantity, [FromForm] string? remove,
        Visit visit, StoreClient store, CancellationToken cancellation)
    {
        if (visit.Cart is not { } cart)
            return Results.LocalRedirect(visit.Place.Cart);

        var reply = remove is not null || quantity == 0
            ? await store.RemoveCartLine(cart.Id, sku, visit.Language, cancellation)
            : await store.SetCartLine(cart.Id, sku, quantity ?? 1, visit.Language, cancellation);

        return reply.Is(out _, out var refusal)
            ? Results.LocalRedirect(visit.Place.Cart)
            : Page.Of<CartPage>(new { Visit = visit, Problem = Refusals.Say(refusal, visit) }, refusal.Status);
    }
}
