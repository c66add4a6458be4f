using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Messaging;
using MiStore.Pricing.Changes;
using MiStore.Pricing.Markets;
using MiStore.Pricing.Quotes;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Rates;

/// <summary>
/// A carrier asks for more, a way to send parcels is added, or is not offered any more. Quotes that were given before stay
/// what they are.
/// </summary>
public static class SetShipping
{
    /// <param name="EffectiveFrom">Now, where it is left out. Not in the past.</param>
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request(
        [property: MaxLength(64)] string Market, Shipment Shipping, DateTimeOffset? EffectiveFrom = null,
        [property: MaxLength(500)] string? Why = null);

    public sealed record Answer(string Market, Shipment Shipping, DateTimeOffset EffectiveFrom);

    public static void MapSetShipping(this RouteGroupBuilder admin) => admin
        .MapPut("/shipping", Handle)
        .WithName(nameof(SetShipping))
        .WithSummary("Set a shipping rate, now or from an instant on")
        .WithDescription("400 invalid-shipping, 400 invalid-effective-from, 404 unknown-market; 409 last-shipping-method where a market would have no way left to send anything.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var unit = await work.Begin(cancellation);
        if (await MarketStore.Lock(unit, request.Market) is not { } market)
            return Problems.UnknownMarket(request.Market);
        if (request.Shipping.Faults(market.Currency).ToList() is { Count: > 0 } faults)
            return Problems.Of(
                StatusCodes.Status400BadRequest, "invalid-shipping", "Nothing can be sent like that.", string.Join(" ", faults));
        if (EffectiveFrom.Fault(request.EffectiveFrom, now) is { } fault)
            return EffectiveFrom.Refusal(fault);

        var start = request.EffectiveFrom ?? now;
        var known = await QuoteTerms.ShippingRates(unit.Connection, market, start);
        if (request.Shipping.Price is null && known.All(rate => rate.Code == request.Shipping.Code))
            return Problems.Of(StatusCodes.Status409Conflict, "last-shipping-method", "The market would have no way left to send anything.");

        await Shipment.Add(unit, market.Code, [request.Shipping], start, user.Subject());
        await Change.Record(
            unit, now, user, nameof(SetShipping), market.Code, null, known.FirstOrDefault(rate => rate.Code == request.Shipping.Code),
            new { request.Shipping, effectiveFrom = start }, request.Why);

        await unit.Commit(cancellation);
        return TypedResults.Ok(new Answer(market.Code, request.Shipping, start));
    }
}
