using Dapper;
using Npgsql;

namespace MiStore.Catalog.Shelf;

/// <summary>
/// What a market shows at an instant, in one query over products and the copies beside them. A product is shown when
/// one of its variants is offered or announced there, or when it is restricted there; else it does not exist there.
/// </summary>
static class ShelfQuery
{
    // One row per product of the page; a single row without a product when there is none; no row without the market.
    // next_terms is the market's, not the page's: what is hidden now may be what the clock brings next.
    const string Sql =
        """
        with market as (
            select code, coalesce(case when @Language = any(languages) then @Language end, languages[1], 'en') as language
            from markets where code = @Market
        ), found as materialized (
            select search_products(@Search, language) as product from market where @Search::text is not null
        ), listed as (
            select p.slug, p.position
            from shelf
            join products p on p.slug = shelf.product
            where shelf.market = @Market and shelf.shown @> @Now
                and (@Slug::text is null or p.slug = @Slug)
                and (@Category::text is null or p.category = @Category)
                and (@Search::text is null or p.slug in (select product from found))
        ), page as (
            select slug from listed order by position, slug limit @Limit offset @Offset
        )
        select (select count(*) from listed) as total,
            (select min(at) from boundaries where market = @Market and at > @Now) as next_terms,
            market.language, p.slug, p.category, category.names as category_names,
            texts.name, texts.summary, texts.description, p.images, p.specifications,
            (select jsonb_agg(jsonb_build_object(
                 'Sku', v.sku, 'Names', v.names, 'Schedule', o.schedule, 'Batches', a.batches) order by v.position)
             from variants v
             left join offers o on o.market = @Market and o.sku = v.sku
             left join availability a on a.market = @Market and a.sku = v.sku
             where v.product = p.slug) as variants,
            (select jsonb_agg(jsonb_build_object(
                 'Reason', r.reason, 'ReviewOn', r.review_on, 'Texts', r.texts) order by r.position)
             from restrictions r where r.product = p.slug and r.market = @Market) as restrictions,
            p.safety
        from market
        left join page on true
        left join products p on p.slug = page.slug
        left join categories category on category.slug = p.category
        left join lateral (
            select name, summary, description from product_texts
            where product = p.slug and language in (market.language, 'en')
            order by language = market.language desc limit 1) as texts on true
        order by p.position, p.slug
        """;

    public static async Task<Shelf?> Read(NpgsqlDataSource db, Wanted wanted, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        var command = new CommandDefinition(Sql, wanted, cancellationToken: cancellation);
        var rows = (await connection.QueryAsync<ShelfRow>(command)).AsList();
        return rows is [var first, ..]
            ? new Shelf(first.Total, first.NextTerms, [.. rows.Where(row => row.Slug is not null)])
            : null;
    }
}

/// <param name="Language">Two letters; one that the market does not speak gives way to the market's own.</param>
sealed record Wanted(
    string Market, DateTimeOffset Now, string? Language,
    string? Slug = null, string? Search = null, string? Category = null, int Limit = 1, long Offset = 0);

/// <param name="NextTerms">When the clock next changes any terms in the market; null when nothing more is decided.</param>
sealed record Shelf(long Total, DateTimeOffset? NextTerms, IReadOnlyList<ShelfRow> Products);

/// <summary>One product as the query returns it; CategoryNames, and Images and what follows, are JSON.</summary>
sealed record ShelfRow(
    long Total, DateTimeOffset? NextTerms, string Language, string Slug, string Category, string CategoryNames,
    string Name, string Summary, string Description,
    string Images, string Specifications, string Variants, string? Restrictions, string? Safety);
