using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Orders;

/// <summary>The customer takes an order back; from when on it is too late, the store says.</summary>
static class CancelOrder
{
    public static void MapCancelOrder(this RouteGroupBuilder shop) => shop.MapPost("/orders/{id:guid}/cancellation", Handle);

    static async Task<IResult> Handle(
        Guid id, [FromForm] string key, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        if ((await store.CancelOrder(id, key, cancellation)).Is(out _, out var refusal))
            return Results.LocalRedirect(visit.Place.Order(id, key));
        if (refusal.Status != StatusCodes.Status409Conflict)
            throw new RefusedException(refusal);

        var order = (await store.GetOrder(id, key, cancellation: cancellation)).OrThrow();
        return ShowOrder.Of(order, key, http, visit, Refusals.Say(refusal, visit), refusal.Status);
    }
}
