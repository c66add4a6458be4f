using System.Text.Json;
using Dapper;
using MassTransit;
using MiStore.Contracts.Products;
using MiStore.Messaging;
using MiStore.Pricing.Offers;

namespace MiStore.Pricing.Products;

/// <summary>Keeps a product's SKUs, names and restrictions, and says the offers that follow from them.</summary>
public sealed class ProductPublishedConsumer(Work work) : IConsumer<ProductPublished>
{
    public async Task Consume(ConsumeContext<ProductPublished> context)
    {
        await using var unit = await work.Begin(context);
        if (unit.IsRepeat)
            return;

        await OfferPublisher.Lock(unit);
        // Old news is handled all the same: it must not come back.
        if (await Keep(unit, context.Message) is { Count: > 0 } skus)
            await OfferPublisher.Republish(unit, skus: skus);

        await unit.Commit(context.CancellationToken);
    }

    /// <returns>The SKUs that the news is about, also those it no longer names; none when it is not newer than ours.</returns>
    static async Task<List<string>> Keep(UnitOfWork unit, ProductPublished product)
    {
        var isNews = await unit.Connection.ExecuteAsync(
            """
            insert into products (slug, version, languages, text_count, texts_by_language, safety_markets, safety_languages, hs_code)
            values (@Slug, @Version, @languages, @textCount, @textsByLanguage::jsonb, @safetyMarkets, @safetyLanguages, @HsCode)
            on conflict (slug) do update set version = excluded.version, languages = excluded.languages,
                text_count = excluded.text_count, texts_by_language = excluded.texts_by_language,
                safety_markets = excluded.safety_markets, safety_languages = excluded.safety_languages, hs_code = excluded.hs_code
            where products.version < excluded.version
            """,
            new
            {
                product.Slug, product.Version, product.HsCode, languages = product.Languages?.ToArray(),
                textCount = product.Texts?.Count,
                textsByLanguage = product.Texts is null ? null : JsonSerializer.Serialize(product.Texts.ByLanguage),
                safetyMarkets = product.Safety?.Markets.ToArray(), safetyLanguages = product.Safety?.Languages.ToArray(),
            });
        if (isNews == 0)
            return [];

        var skus = await unit.Connection.QueryAsync<string>(
            """
            with named as (
                insert into variants (sku, slug, names)
                select sku, @Slug, names::jsonb from unnest(@Skus, @Names) as variant (sku, names)
                on conflict (sku) do update set slug = excluded.slug, names = excluded.names, discontinued = false
                returning sku),
            gone as (
                update variants set discontinued = true where slug = @Slug and sku <> all(@Skus)
                returning sku)
            select sku from named union select sku from gone
            """,
            new
            {
                product.Slug,
                Skus = product.Variants.Select(variant => variant.Sku).ToArray(),
                Names = product.Variants.Select(variant => JsonSerializer.Serialize(variant.Names)).ToArray(),
            });

        var restricted = product.Restrictions.Where(restriction => restriction.Reasons.Count > 0).ToList();
        await unit.Connection.ExecuteAsync("delete from restrictions where slug = @Slug", new { product.Slug });
        await unit.Connection.ExecuteAsync(
            "insert into restrictions (slug, market, reasons) values (@Slug, @Market, @Reasons)",
            restricted.Select(restriction => new { product.Slug, restriction.Market, Reasons = restriction.Reasons.ToArray() }));
        return skus.AsList();
    }
}
