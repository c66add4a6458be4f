using System.Text.Json;
using Dapper;
using MiStore.Contracts.Listings;
using MiStore.Contracts.Products;
using MiStore.Messaging;

namespace MiStore.Catalog.Products;

/// <summary>What we say about products to the other services.</summary>
public static class Announcement
{
    /// <summary>A product has changed: what it is now, and that every market should show it anew.</summary>
    public static async Task Of(UnitOfWork unit, string slug)
    {
        unit.Publish(await Read(unit, slug));
        var markets = await unit.Connection.QueryAsync<string>(
            "select code from markets order by code", transaction: unit.Transaction);
        unit.Publish(markets.Select(market => new ListingChanged(market, slug)));
    }

    /// <summary>Every product as it is now.</summary>
    public static Task<IReadOnlyList<ProductPublished>> OfAll(UnitOfWork unit) => Read(unit, slug: null);

    static async Task<IReadOnlyList<ProductPublished>> Read(UnitOfWork unit, string? slug)
    {
        var rows = await unit.Connection.QueryAsync<Row>(
            """
            select p.slug, p.version, p.category, p.hs_code, p.safety,
                (select jsonb_agg(jsonb_build_object('Sku', sku, 'Names', names) order by position)
                 from variants where product = p.slug) as variants,
                (select jsonb_agg(jsonb_build_object('Market', market, 'Reasons', reasons) order by market)
                 from (select market, jsonb_agg(reason order by position) as reasons
                       from restrictions where product = p.slug group by market) as each_market) as restrictions,
                texts.count as text_count, texts.by_language as texts_by_language
            from products p
            cross join lateral (
                -- Every text that a shopper reads, each with the languages that it is in.
                with texts as (
                    select names as text from variants where product = p.slug union all
                    select names from categories where slug = p.category union all
                    select image -> 'alts' from jsonb_array_elements(p.images) as image union all
                    select specification -> 'labels' from jsonb_array_elements(p.specifications) as specification union all
                    select specification -> 'text' from jsonb_array_elements(p.specifications) as specification
                        where specification ->> 'text' is not null union all
                    -- Name, summary and description.
                    select jsonb_object_agg(language, true) from product_texts, generate_series(1, 3) as each
                        where product = p.slug group by each
                )
                select (select count(*) from texts)::int as count,
                    (select jsonb_object_agg(language, count)
                     from (select language, count(*) from texts, jsonb_object_keys(text) as language group by language) as counted) as by_language
            ) as texts
            where @slug::text is null or p.slug = @slug
            order by p.position, p.slug
            """,
            new { slug }, unit.Transaction);

        return [.. rows.Select(row => new ProductPublished(
            row.Slug, row.Version, row.Category,
            JsonSerializer.Deserialize<ProductVariant[]>(row.Variants)!,
            row.Restrictions is null ? [] : JsonSerializer.Deserialize<MarketRestriction[]>(row.Restrictions)!,
            [.. row.Texts.ByLanguage.Where(each => each.Value == row.Texts.Count).Select(each => each.Key).Order(StringComparer.Ordinal)],
            SafetyOf(row.Safety), row.Texts, row.HsCode))];
    }

    // What others need to know is for whom it is complete, not what it says.
    static ProductSafety? SafetyOf(string? json) => json is not null && JsonSerializer.Deserialize<Safety>(json, JsonSerializerOptions.Web) is { } safety
        ? new ProductSafety([.. safety.ResponsiblePersons.Keys.Order(StringComparer.Ordinal)], [.. safety.Languages.Order(StringComparer.Ordinal)])
        : null;

    sealed class Row
    {
        public required string Slug { get; init; }
        public required long Version { get; init; }
        public required string Category { get; init; }
        public required string Variants { get; init; }
        public string? Restrictions { get; init; }
        public string? Safety { get; init; }
        public string? HsCode { get; init; }
        public required int TextCount { get; init; }
        public required string TextsByLanguage { get; init; }

        public ProductTexts Texts => new(TextCount, JsonSerializer.Deserialize<Dictionary<string, int>>(TextsByLanguage)!);
    }
}
