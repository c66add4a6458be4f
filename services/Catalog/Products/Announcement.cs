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
            select p.slug, p.version, p.category,
                (select jsonb_agg(jsonb_build_object('Sku', sku, 'Names', names) order by position)
                 from variants where product = p.slug) as variants,
                (select jsonb_agg(jsonb_build_object('Market', market, 'Reasons', reasons) order by market)
                 from (select market, jsonb_agg(reason order by position) as reasons
                       from restrictions where product = p.slug group by market) as each_market) as restrictions,
                (select array_agg(language order by language) from product_texts t
                 where t.product = p.slug and not exists (
                     select from (
                         select names from variants where product = p.slug union all
                         select names from categories where slug = p.category union all
                         select image -> 'alts' from jsonb_array_elements(p.images) as image union all
                         select specification -> 'labels' from jsonb_array_elements(p.specifications) as specification union all
                         select specification -> 'text' from jsonb_array_elements(p.specifications) as specification
                         where specification ->> 'text' is not null
                     ) as texts (by_language)
                     where not jsonb_exists(by_language, t.language))) as languages,
                p.safety
            from products p
            where @slug::text is null or p.slug = @slug
            order by p.position, p.slug
            """,
            new { slug }, unit.Transaction);

        return [.. rows.Select(row => new ProductPublished(
            row.Slug, row.Version, row.Category,
            JsonSerializer.Deserialize<ProductVariant[]>(row.Variants)!,
            row.Restrictions is null ? [] : JsonSerializer.Deserialize<MarketRestriction[]>(row.Restrictions)!,
            row.Languages ?? [], SafetyOf(row.Safety)))];
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
        public string[]? Languages { get; init; }
        public string? Safety { get; init; }
    }
}
