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
                       from restrictions where product = p.slug group by market) as each_market) as restrictions
            from products p
            where @slug::text is null or p.slug = @slug
            order by p.position, p.slug
            """,
            new { slug }, unit.Transaction);

        return [.. rows.Select(row => new ProductPublished(
            row.Slug, row.Version, row.Category,
            JsonSerializer.Deserialize<ProductVariant[]>(row.Variants)!,
            row.Restrictions is null ? [] : JsonSerializer.Deserialize<MarketRestriction[]>(row.Restrictions)!))];
    }

    sealed record Row(string Slug, long Version, string Category, string Variants, string? Restrictions);
}
