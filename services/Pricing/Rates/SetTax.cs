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
/// A tax rate changes, or the seller has to collect one in another state, on the day that the law names. Quotes that were
/// given before stay what they are.
/// </summary>
public static class SetTax
{
    /// <param name="EffectiveFrom">Now, where it is left out. Not in the past.</param>
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request(
        [property: MaxLength(64)] string Market, Tax Tax, DateTimeOffset? EffectiveFrom = null, [property: MaxLength(500)] string? Why = null);

    public sealed record Answer(string Market, Tax Tax, DateTimeOffset EffectiveFrom);

    public static void MapSetTax(this RouteGroupBuilder admin) => admin
        .MapPut("/taxes", Handle)
        .WithName(nameof(SetTax))
        .WithSummary("Set a tax rate and whether it is collected, now or from an instant on")
        .WithDescription("400 invalid-tax (also a region where the market has one rule for all, or none where it has regions), 400 invalid-effective-from, 404 unknown-market.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var unit = await work.Begin(cancellation);
        if (await MarketStore.Lock(unit, request.Market) is not { } market)
            return Problems.UnknownMarket(request.Market);

        var start = request.EffectiveFrom ?? now;
        var known = await QuoteTerms.TaxRules(unit.Connection, market.Code, start);
        if (Faults(request.Tax, known) is { Count: > 0 } faults)
            return Problems.Of(StatusCodes.Status400BadRequest, "invalid-tax", "There can be no such tax.", string.Join(" ", faults));
        if (EffectiveFrom.Fault(request.EffectiveFrom, now) is { } fault)
            return EffectiveFrom.Refusal(fault);

        await Tax.Add(unit, market.Code, [request.Tax], start, user.Subject());
        await Change.Record(
            unit, now, user, nameof(SetTax), market.Code, null, known.FirstOrDefault(rule => rule.Region == request.Tax.Region),
            new { request.Tax, effectiveFrom = start }, request.Why);

        await unit.Commit(cancellation);
        return TypedResults.Ok(new Answer(market.Code, request.Tax, start));
    }

    /// <param name="known">The market's rules so far: it either has one, or one a region.</param>
    static List<string> Faults(Tax tax, IReadOnlyList<TaxRule> known)
    {
        var faults = tax.Faults().ToList();
        if (known.Any(rule => rule.Region.Length == 0 != (tax.Region.Length == 0)))
            faults.Add("taxes.region: a market has one rule without a region, or one for each region.");
        return faults;
    }
}
