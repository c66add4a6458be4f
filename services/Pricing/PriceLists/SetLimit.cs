using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts.Markets;
using MiStore.Messaging;
using MiStore.Pricing.Changes;
using MiStore.Pricing.Markets;
using MiStore.Pricing.Offers;
using MiStore.Pricing.Rates;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.PriceLists;

/// <summary>
/// Sets how many units one customer may buy: now, from an instant, or from the start of a phase on. "Five each once we
/// are open" is said in May, and moves with the opening.
/// </summary>
public static class SetLimit
{
    const int HighestLimit = 99;

    /// <param name="Limit">1 to 99 units; null is no limit any more.</param>
    /// <param name="Sku">Null: every SKU of the market, until a limit of its own begins.</param>
    /// <param name="EffectiveFrom">Not in the past. Now, where this and <paramref name="FromPhase"/> are left out.</param>
    /// <param name="FromPhase">announced, test or open, if the calendar has it still before it.</param>
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request(
        [property: MaxLength(64)] string Market, int? Limit, [property: MaxLength(64)] string? Sku = null,
        DateTimeOffset? EffectiveFrom = null, MarketPhase? FromPhase = null, [property: MaxLength(500)] string? Why = null);

    /// <param name="EffectiveFrom">By the calendar as it stands, where the limit begins with a phase.</param>
    public sealed record Answer(string Market, string? Sku, int? Limit, DateTimeOffset EffectiveFrom, MarketPhase? FromPhase);

    public static void MapSetLimit(this RouteGroupBuilder admin) => admin
        .MapPut("/limits", Handle)
        .WithName(nameof(SetLimit))
        .WithSummary("Set a purchase limit, now, from an instant or from a phase on")
        .WithDescription("400 invalid-limit (not 1 to 99), 400 invalid-effective-from (past, more than ten years ahead, both given, or a phase that has begun or is not in the calendar), 404 unknown-market, 404 unknown-sku.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var unit = await work.Begin(cancellation);
        if (await MarketStore.Lock(unit, request.Market) is not { } market)
            return Problems.UnknownMarket(request.Market);
        if (request.Sku is { } sku && !await SetPrice.IsKnown(unit, sku))
            return Problems.Of(StatusCodes.Status404NotFound, "unknown-sku", "There is no such SKU.", null, ("sku", sku));
        if (request.Limit is < 1 or > HighestLimit)
            return Problems.Of(
                StatusCodes.Status400BadRequest, "invalid-limit", $"A limit is from 1 to {HighestLimit}, or null for none.",
                "To stop a sale, pause the market or withdraw the batch.");
        if (Start(request, market.Calendar, now, out var fault) is not { } start)
            return EffectiveFrom.Refusal(fault!);

        var before = await InForce(unit, market, request.Sku, start);
        await unit.Connection.ExecuteAsync(
            """
            insert into purchase_limits (market, sku, per_customer, phase, effective_from)
            values (@Code, @Sku, @Limit, @phase, @effectiveFrom)
            """,
            new
            {
                market.Code, request.Sku, request.Limit, phase = request.FromPhase?.ToString().ToLowerInvariant(),
                effectiveFrom = request.FromPhase is null ? start : (DateTimeOffset?)null,
            }, unit.Transaction);
        await Change.Record(
            unit, now, user, nameof(SetLimit), market.Code, request.Sku, new { limit = before },
            new { limit = request.Limit, effectiveFrom = start, request.FromPhase }, request.Why);
        await OfferPublisher.Republish(unit, market: market.Code, skus: request.Sku is { } one ? [one] : null);

        await unit.Commit(cancellation);
        return TypedResults.Ok(new Answer(market.Code, request.Sku, request.Limit, start, request.FromPhase));
    }

    /// <summary>Null, and why, when no limit can begin then.</summary>
    public static DateTimeOffset? Start(Request request, MarketCalendar calendar, DateTimeOffset now, out string? fault)
    {
        var start = request.FromPhase is { } phase
            ? new PurchaseLimit(request.Market, request.Sku, request.Limit, phase, null).StartsAt(calendar)
            : request.EffectiveFrom ?? now;
        fault = request is { FromPhase: not null, EffectiveFrom: not null } ? "Give effectiveFrom or fromPhase, not both."
            : start is null ? "The calendar has no such phase that a limit could begin with."
            : start < now && request.FromPhase is not null ? "That phase has begun already. Leave fromPhase out to begin now."
            : EffectiveFrom.Fault(start, now);
        return fault is null ? start : null;
    }

    static async Task<int?> InForce(UnitOfWork unit, Market market, string? sku, DateTimeOffset at) =>
        PurchaseLimit.Of(sku ?? "", await OfferPublisher.Limits(unit, market.Code), market.Calendar)
            .LastOrDefault(limit => limit.From <= at)?.PerCustomer;
}
