using System.Text.Json;
using Dapper;
using MiStore.Contracts.Products;
using MiStore.Contracts.Stock;
using MiStore.Pricing.Markets;
using Npgsql;

namespace MiStore.Pricing.Readiness;

/// <summary>What the decision is made from, all of it in our own database.</summary>
static class ReadinessRows
{
    /// <summary>Beyond it nobody remembers what he agreed to.</summary>
    static readonly TimeSpan OverrideLasts = TimeSpan.FromDays(1);

    public static async Task<(IReadOnlyList<Check> Checks, IReadOnlyDictionary<string, int> MissingTexts)> Read(
        NpgsqlConnection connection, Market market, DateTimeOffset now)
    {
        var firstSale = market.Calendar.SalesFrom(now).First();
        await using var results = await connection.QueryMultipleAsync(
            """
            select v.sku, v.slug, p.languages, p.text_count, p.texts_by_language, p.safety_markets, p.safety_languages, s.batches
                from variants v join products p using (slug) left join stock s on s.market = @Code and s.sku = v.sku
                where not v.discontinued
                    and not exists (select from restrictions r where r.slug = v.slug and r.market = @Code)
                    and (s.sku is not null or exists (select from prices where market = @Code and prices.sku = v.sku))
                order by v.sku;
            select sku, effective_from from prices where market = @Code;
            select exists (select from tax_rules where market = @Code and effective_from <= @firstSale);
            select exists (select from shipping_rates where market = @Code and effective_from <= @firstSale and amount is not null);
            select distinct document, language from legal_texts where market = @Code and effective_from <= @firstSale;
            select at, who, passed, summary from rehearsals where at <= @now order by id desc limit 1;
            """, new { market.Code, firstSale, now });

        var rows = (await results.ReadAsync<Row>()).AsList();
        var prices = (await results.ReadAsync<(string Sku, DateTimeOffset From)>()).ToLookup(price => price.Sku, price => price.From);
        var articles = rows.Select(row => row.Article(market.Code, [.. prices[row.Sku]])).ToList();
        return (
            Readiness.Of(
                market, articles, await results.ReadSingleAsync<bool>(), await results.ReadSingleAsync<bool>(),
                (await results.ReadAsync<(string, string)>()).AsList(), await results.ReadSingleOrDefaultAsync<Rehearsal>(), now),
            Readiness.MissingTexts(market, articles));
    }

    /// <summary>Who has agreed to open the market all the same, within the last day.</summary>
    public static async Task<List<Agreement>> Agreements(NpgsqlConnection connection, string market, DateTimeOffset now) =>
        [.. await connection.QueryAsync<Agreement>(
            """
            select distinct on (who) who, at, why from readiness_overrides
            where market = @market and at > @since and at <= @now order by who, at desc
            """, new { market, now, since = now - OverrideLasts })];

    sealed class Row
    {
        public required string Sku { get; init; }
        public required string Slug { get; init; }
        public string[]? Languages { get; init; }
        public int? TextCount { get; init; }
        public string? TextsByLanguage { get; init; }
        public string[]? SafetyMarkets { get; init; }
        public string[]? SafetyLanguages { get; init; }
        public string? Batches { get; init; }

        public Article Article(string market, IReadOnlyList<DateTimeOffset> pricesFrom) => new(
            Sku, Slug, pricesFrom, Languages,
            TextCount is { } count ? new ProductTexts(count, JsonSerializer.Deserialize<Dictionary<string, int>>(TextsByLanguage!)!) : null,
            SafetyMarkets is null ? null : new ProductSafety(SafetyMarkets, SafetyLanguages ?? []),
            Batches is null ? null : new AvailabilityChanged(market, Sku, 0, JsonSerializer.Deserialize<BatchAvailability[]>(Batches)!));
    }
}

/// <summary>An operator's word that a market may open although something is missing.</summary>
public sealed record Agreement(string Who, DateTimeOffset At, string Why);
