using System.Text.Json;
using Dapper;
using MiStore.Contracts;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Messaging;
using MiStore.Pricing.Markets;
using MiStore.Pricing.PriceLists;

namespace MiStore.Pricing.Offers;

/// <summary>Compiles offers from what is decided, and says those that are not what we said last.</summary>
static class OfferPublisher
{
    // Any number will do, as long as it is the same for everything that changes what offers are made of.
    const long OffersLock = 0x4F_66_66_65_72_73;

    /// <summary>
    /// Taken before anything is read: two changes at once would each compile without seeing the other, and the later
    /// version would be half wrong. Changes are a few a day, so one lock for all of them is enough.
    /// </summary>
    public static Task Lock(UnitOfWork unit) =>
        unit.Connection.ExecuteAsync("select pg_advisory_xact_lock(@OffersLock)", new { OffersLock });

    /// <param name="market">Null: in every market.</param>
    /// <param name="skus">Null: every SKU that we know.</param>
    /// <returns>How many offers changed.</returns>
    public static async Task<int> Republish(UnitOfWork unit, string? market = null, IReadOnlyCollection<string>? skus = null)
    {
        var offers = await Compile(unit, market, skus?.ToArray());
        var changed = (await unit.Connection.QueryAsync<(string Market, string Sku, long Version)>(
            """
            insert into offers (market, sku, version, schedule)
            select market, sku, 1, schedule::jsonb from unnest(@markets, @skus, @schedules) as compiled (market, sku, schedule)
            on conflict (market, sku) do update set version = offers.version + 1, schedule = excluded.schedule
            where offers.schedule <> excluded.schedule
            returning market, sku, version
            """,
            new
            {
                markets = offers.Keys.Select(key => key.Market).ToArray(),
                skus = offers.Keys.Select(key => key.Sku).ToArray(),
                schedules = offers.Values.Select(schedule => JsonSerializer.Serialize(schedule, JsonSerializerOptions.Web)).ToArray(),
            })).AsList();

        unit.Publish(changed.Select(offer =>
            new OfferPublished(offer.Market, offer.Sku, offer.Version, offers[(offer.Market, offer.Sku)])));
        return changed.Count;
    }

    /// <summary>Everything we have said last.</summary>
    public static async Task<List<OfferPublished>> All(UnitOfWork unit) =>
        [.. (await unit.Connection.QueryAsync<Row>("select market, sku, version, schedule from offers order by market, sku")).Select(row => row.Offer)];

    /// <summary>Every limit that was decided, oldest first.</summary>
    /// <param name="market">Null: of every market.</param>
    internal static async Task<List<PurchaseLimit>> Limits(UnitOfWork unit, string? market) =>
        [.. (await unit.Connection.QueryAsync<LimitRow>(
            """
            select market, sku, per_customer, phase, effective_from from purchase_limits
            where @market::text is null or market = @market order by id
            """, new { market })).Select(row => row.Limit)];

    static async Task<Dictionary<(string Market, string Sku), IReadOnlyList<OfferTerms>>> Compile(
        UnitOfWork unit, string? market, string[]? skus)
    {
        var markets = (await MarketStore.List(unit.Connection)).ToDictionary(known => known.Code);
        var wanted = new { market, skus };

        var sellables = await unit.Connection.QueryAsync<(string Market, string Sku, bool Discontinued, string[]? Reasons, DateTimeOffset? PausedSince)>(
            """
            select m.code, v.sku, v.discontinued, r.reasons, p.paused_since
            from markets m cross join variants v
            left join restrictions r on r.slug = v.slug and r.market = m.code
            left join product_pauses p on p.slug = v.slug and p.market = m.code
            where (@market::text is null or m.code = @market) and (@skus::text[] is null or v.sku = any(@skus))
            """, wanted);
        var prices = (await unit.Connection.QueryAsync<(string Market, string Sku, DateTimeOffset From, long Amount)>(
            """
            select distinct on (market, sku, effective_from) market, sku, effective_from, amount from prices
            where (@market::text is null or market = @market) and (@skus::text[] is null or sku = any(@skus))
            order by market, sku, effective_from, id desc
            """, wanted))
            .ToLookup(row => (row.Market, row.Sku), row => new PriceStart(row.From, new Money(row.Amount, markets[row.Market].Currency)));
        var limits = (await Limits(unit, market)).ToLookup(limit => limit.Market);

        return sellables.ToDictionary(row => (row.Market, row.Sku), row =>
        {
            var calendar = markets[row.Market].Calendar;
            return OfferSchedule.Compile(
                calendar,
                row.Discontinued ? [] : [.. prices[(row.Market, row.Sku)]],
                PurchaseLimit.Of(row.Sku, [.. limits[row.Market]], calendar),
                row.Reasons ?? [],
                row.PausedSince);
        });
    }

    internal sealed record Row(string Market, string Sku, long Version, string Schedule)
    {
        public OfferPublished Offer =>
            new(Market, Sku, Version, JsonSerializer.Deserialize<List<OfferTerms>>(Schedule, JsonSerializerOptions.Web)!);
    }

    sealed record LimitRow(string Market, string? Sku, int? PerCustomer, string? Phase, DateTimeOffset? EffectiveFrom)
    {
        public PurchaseLimit Limit =>
            new(Market, Sku, PerCustomer, Phase is null ? null : Enum.Parse<MarketPhase>(Phase, ignoreCase: true), EffectiveFrom);
    }
}
