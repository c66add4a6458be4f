using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts;
using MiStore.Messaging;
using MiStore.Pricing.Changes;
using MiStore.Pricing.Markets;
using MiStore.Pricing.Offers;
using MiStore.Pricing.Rates;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.PriceLists;

/// <summary>Sets what a SKU costs in a market, now or from an instant on. The history stays as it was.</summary>
public static class SetPrice
{
    /// <summary>A million of the currency's unit: whatever costs more was mistyped.</summary>
    const decimal HighestPrice = 1_000_000m;

    /// <param name="Price">In the market's own currency; above zero, at most 1,000,000.00.</param>
    /// <param name="EffectiveFrom">Now, where it is left out. Not in the past: what was charged then is history.</param>
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request(
        [property: MaxLength(64)] string Market, [property: MaxLength(64)] string Sku, Money Price,
        DateTimeOffset? EffectiveFrom = null, [property: MaxLength(500)] string? Why = null);

    public sealed record Answer(string Market, string Sku, Money Price, DateTimeOffset EffectiveFrom);

    public static void MapSetPrice(this RouteGroupBuilder admin) => admin
        .MapPut("/prices", Handle)
        .WithName(nameof(SetPrice))
        .WithSummary("Set a price, now or from an instant on")
        .WithDescription("400 invalid-price (not above zero, too high, or of another currency), 400 invalid-effective-from (past, or more than ten years ahead), 404 unknown-market, 404 unknown-sku.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var unit = await work.Begin(cancellation);
        if (await MarketStore.Lock(unit, request.Market) is not { } market)
            return Problems.UnknownMarket(request.Market);
        if (!await IsKnown(unit, request.Sku))
            return Problems.Of(StatusCodes.Status404NotFound, "unknown-sku", "There is no such SKU.", null, ("sku", request.Sku));
        if (Fault(request.Price, market) is { } fault)
            return Problems.Of(StatusCodes.Status400BadRequest, "invalid-price", "The price cannot be charged.", fault);
        if (EffectiveFrom.Fault(request.EffectiveFrom, now) is { } tooEarlyOrLate)
            return EffectiveFrom.Refusal(tooEarlyOrLate);

        var start = new PriceStart(request.EffectiveFrom ?? now, request.Price);
        var before = await InForce(unit, market, request.Sku, start.From);
        await Add(unit, market.Code, request.Sku, start, now, user.Subject(), "operator");
        await Change.Record(unit, now, user, nameof(SetPrice), market.Code, request.Sku, before, start, request.Why);
        await OfferPublisher.Republish(unit, market: market.Code, skus: [request.Sku]);

        await unit.Commit(cancellation);
        return TypedResults.Ok(new Answer(market.Code, request.Sku, start.Price, start.From));
    }

    /// <summary>Why the market cannot charge this, or null.</summary>
    public static string? Fault(Money price, Market market) =>
        price.Currency != market.Currency ? $"{market.Code} sells in {market.Currency}; prices are never converted."
        : price.Amount <= 0 ? "A price is above zero."
        : price.Amount > HighestPrice * (decimal)Math.Pow(10, Money.DecimalsOf(market.Currency)) ? $"A price is at most {HighestPrice:F0}."
        : null;

    internal static Task Add(
        UnitOfWork unit, string market, string sku, PriceStart start, DateTimeOffset now, string who, string source) =>
        unit.Connection.ExecuteAsync(
            """
            insert into prices (market, sku, amount, effective_from, set_at, set_by, source)
            values (@market, @sku, @Amount, @From, @now, @who, @source)
            """,
            new { market, sku, start.Price.Amount, start.From, now, who, source });

    internal static Task<bool> IsKnown(UnitOfWork unit, string sku) =>
        unit.Connection.ExecuteScalarAsync<bool>("select exists (select from variants where sku = @sku)", new { sku }, unit.Transaction);

    static async Task<PriceStart?> InForce(UnitOfWork unit, Market market, string sku, DateTimeOffset at) =>
        await unit.Connection.QuerySingleOrDefaultAsync<(DateTimeOffset From, long Amount)?>(
            """
            select effective_from, amount from prices where market = @Code and sku = @sku and effective_from <= @at
            order by effective_from desc, id desc limit 1
            """,
            new { market.Code, sku, at }) is { } row
            ? new PriceStart(row.From, new Money(row.Amount, market.Currency))
            : null;
}
