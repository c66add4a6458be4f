using System.Text.Json;
using Dapper;
using MiStore.Contracts;
using MiStore.Contracts.Offers;
using MiStore.Pricing.Legal;
using MiStore.Pricing.Markets;
using MiStore.Pricing.Offers;
using Npgsql;

namespace MiStore.Pricing.Quotes;

/// <summary>Everything that a quote is made of, read at once: the market, the offers as published, taxes and shipping.</summary>
/// <param name="Offers">By SKU; a SKU that nobody knows is not in it.</param>
/// <param name="Names">By SKU, in the market's language or else in English.</param>
/// <param name="HsCodes">By SKU, where Catalog has said one.</param>
/// <param name="Taxes">The destination's rule, and the market's first by region, which says whether there are regions at all.</param>
/// <param name="TermsVersion">Of the terms of sale; null where the market has none.</param>
sealed record QuoteTerms(
    Market Market, IReadOnlyDictionary<string, OfferPublished> Offers, IReadOnlyDictionary<string, string> Names,
    IReadOnlyDictionary<string, string> HsCodes, IReadOnlyList<TaxRule> Taxes, IReadOnlyList<ShippingRate> Shipping,
    int? TermsVersion)
{
    /// <returns>Until when nothing else was decided, null for ever; nothing when there is no such market.</returns>
    public static async Task<(QuoteTerms Terms, DateTimeOffset? Until)?> Read(
        NpgsqlConnection connection, string? market, string[] skus, string? region, DateTimeOffset now)
    {
        await using var results = await connection.QueryMultipleAsync(
            $"""
            select {MarketStore.Columns} from markets where code = @market;
            select o.market, o.sku, o.version, o.schedule from offers o where o.market = @market and o.sku = any(@skus);
            select v.sku, coalesce(v.names ->> m.languages[1], v.names ->> 'en', v.sku), p.hs_code
                from variants v join products p using (slug), markets m where m.code = @market and v.sku = any(@skus);
            {TaxRulesInForce("and region in (@region, (select min(region) from tax_rules where market = @market and effective_from <= @now))")};
            {ShippingRatesInForce};
            {LegalTexts.TermsInForce};
            select least(
                (select min(effective_from) from tax_rules where market = @market and effective_from > @now),
                (select min(effective_from) from shipping_rates where market = @market and effective_from > @now),
                (select min(effective_from) from legal_texts where market = @market and effective_from > @now));
            """, new { market, skus, region, now });

        if (await results.ReadSingleOrDefaultAsync<MarketStore.Row>() is not { Market: var found })
            return null;

        var offers = (await results.ReadAsync<OfferPublisher.Row>()).ToDictionary(row => row.Sku, row => row.Offer);
        var variants = (await results.ReadAsync<(string Sku, string Name, string? HsCode)>()).AsList();
        var terms = new QuoteTerms(
            found, offers, variants.ToDictionary(row => row.Sku, row => row.Name),
            variants.Where(row => row.HsCode is not null).ToDictionary(row => row.Sku, row => row.HsCode!),
            [.. await results.ReadAsync<TaxRule>()],
            [.. (await results.ReadAsync<ShippingRow>()).Select(row => row.In(found.Currency))],
            await results.ReadSingleAsync<int?>());
        return (terms, await results.ReadSingleAsync<DateTimeOffset?>());
    }

    /// <summary>The market's rules at an instant, by region.</summary>
    internal static async Task<IReadOnlyList<TaxRule>> TaxRules(NpgsqlConnection connection, string market, DateTimeOffset now) =>
        [.. await connection.QueryAsync<TaxRule>(TaxRulesInForce(), new { market, now })];

    /// <summary>The ways to send a parcel at an instant, in the order in which they are shown.</summary>
    internal static async Task<IReadOnlyList<ShippingRate>> ShippingRates(NpgsqlConnection connection, Market market, DateTimeOffset now) =>
        [.. (await connection.QueryAsync<ShippingRow>(ShippingRatesInForce, new { market = market.Code, now })).Select(row => row.In(market.Currency))];

    static string TaxRulesInForce(string also = "") =>
        $"""
        select distinct on (region) region, name, rate, shipping_taxed, has_nexus from tax_rules
        where market = @market and effective_from <= @now {also} order by region, effective_from desc, id desc
        """;

    const string ShippingRatesInForce =
        """
        select code, names, amount, free_from, days_min, days_max from (
            select distinct on (code) * from shipping_rates
            where market = @market and effective_from <= @now order by code, effective_from desc, id desc) as last
        where amount is not null order by position, code
        """;

    sealed record ShippingRow(string Code, string Names, long Amount, long? FreeFrom, int DaysMin, int DaysMax)
    {
        public ShippingRate In(string currency) => new(
            Code, JsonSerializer.Deserialize<Dictionary<string, string>>(Names)!, new Money(Amount, currency),
            FreeFrom is { } from ? new Money(from, currency) : null, DaysMin, DaysMax);
    }
}
