using System.Text.Json;
using Dapper;
using MiStore.Contracts;
using MiStore.Contracts.Offers;
using MiStore.Pricing.Markets;
using MiStore.Pricing.Offers;
using Npgsql;

namespace MiStore.Pricing.Quotes;

/// <summary>Everything that a quote is made of, read at once: the market, the offers as published, taxes and shipping.</summary>
/// <param name="Offers">By SKU; a SKU that nobody knows is not in it.</param>
/// <param name="Names">By SKU, in the market's language or else in English.</param>
sealed record QuoteTerms(
    Market Market, IReadOnlyDictionary<string, OfferPublished> Offers, IReadOnlyDictionary<string, string> Names,
    IReadOnlyList<TaxRule> TaxRules, IReadOnlyList<ShippingRate> ShippingRates)
{
    /// <returns>Null when there is no such market.</returns>
    public static async Task<QuoteTerms?> Read(NpgsqlDataSource db, string? market, string[] skus, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        await using var results = await connection.QueryMultipleAsync(
            $"""
            select {MarketStore.Columns} from markets where code = @market;
            select o.market, o.sku, o.version, o.schedule from offers o where o.market = @market and o.sku = any(@skus);
            select v.sku, coalesce(v.names ->> m.languages[1], v.names ->> 'en', v.sku)
                from variants v, markets m where m.code = @market and v.sku = any(@skus);
            select region, name, rate, shipping_taxed, has_nexus from tax_rules where market = @market order by region;
            select code, names, amount, free_from, days_min, days_max from shipping_rates where market = @market order by position;
            """, new { market, skus });

        if (await results.ReadSingleOrDefaultAsync<MarketStore.Row>() is not { Market: var found })
            return null;

        return new QuoteTerms(
            found,
            (await results.ReadAsync<OfferPublisher.Row>()).ToDictionary(row => row.Sku, row => row.Offer),
            (await results.ReadAsync<(string Sku, string Name)>()).ToDictionary(row => row.Sku, row => row.Name),
            [.. await results.ReadAsync<TaxRule>()],
            [.. (await results.ReadAsync<ShippingRow>()).Select(row => row.In(found.Currency))]);
    }

    sealed record ShippingRow(string Code, string Names, long Amount, long? FreeFrom, int DaysMin, int DaysMax)
    {
        public ShippingRate In(string currency) => new(
            Code, JsonSerializer.Deserialize<Dictionary<string, string>>(Names)!, new Money(Amount, currency),
            FreeFrom is { } from ? new Money(from, currency) : null, DaysMin, DaysMax);
    }
}
