using System.Text.Json;
using Dapper;
using MiStore.Messaging;

namespace MiStore.Catalog.Products;

/// <summary>A product's variants and texts as rows, for whoever writes a whole product.</summary>
static class ProductRows
{
    /// <summary>Makes or renames the product's variants; none goes away.</summary>
    /// <returns>The SKUs that are another product's; then nothing must be committed.</returns>
    public static async Task<IReadOnlyList<string>> PutVariants(UnitOfWork unit, Product product) =>
        (await unit.Connection.QueryAsync<string>(
            """
            with wanted as (
                select variant ->> 'sku' as sku, place, variant -> 'names' as names
                from jsonb_array_elements(@variants::jsonb) with ordinality as entries (variant, place)
            ), kept as (
                insert into variants (sku, product, position, names) select sku, @Slug, place, names from wanted
                on conflict (sku) do update set position = excluded.position, names = excluded.names
                where variants.product = excluded.product
                returning sku
            )
            select sku from wanted where sku not in (select sku from kept) order by sku
            """,
            new { product.Slug, variants = Json(product.Variants) }, unit.Transaction)).AsList();

    /// <summary>The product's texts are these, in these languages. Words that no text has any more stay known: they lead nowhere.</summary>
    public static Task PutTexts(UnitOfWork unit, Product product) => unit.Connection.ExecuteAsync(
        """
        delete from product_texts where product = @Slug and language <> all(@languages);
        with kept as (
            insert into product_texts (product, language, name, summary, description)
            select @Slug, key, value ->> 'name', value ->> 'summary', value ->> 'description'
            from jsonb_each(@texts::jsonb)
            on conflict (product, language) do update
                set name = excluded.name, summary = excluded.summary, description = excluded.description
            returning language, to_tsvector('simple', name || ' ' || summary || ' ' || description) as said
        )
        insert into vocabulary (language, word)
        select distinct language, word from kept, unnest(tsvector_to_array(said)) as word where length(word) <= 60
        order by language, word
        on conflict do nothing;
        """,
        new { product.Slug, languages = product.Texts.Keys.ToArray(), texts = Json(product.Texts) }, unit.Transaction);

    /// <summary>The product as it was published or last edited, without its restrictions.</summary>
    /// <returns>Null when there is none.</returns>
    public static async Task<(Product Product, long Version)?> Find(UnitOfWork unit, string slug)
    {
        var row = await unit.Connection.QuerySingleOrDefaultAsync<Row>(
            """
            select p.slug, p.version, p.category, p.position, p.images, p.specifications, p.safety, p.hs_code,
                (select jsonb_object_agg(language, jsonb_build_object('name', name, 'summary', summary, 'description', description))
                 from product_texts where product = p.slug) as texts,
                (select jsonb_agg(jsonb_build_object('sku', sku, 'names', names) order by position)
                 from variants where product = p.slug) as variants
            from products p where p.slug = @slug
            """, new { slug }, unit.Transaction);
        return row is null ? null : (
            new Product(
                row.Slug, row.Category, Read<Dictionary<string, ProductText>>(row.Texts), Read<Specification[]>(row.Specifications),
                Read<ProductImage[]>(row.Images), Read<Variant[]>(row.Variants), Restrictions: null, row.Position,
                row.Safety is null ? null : Read<Safety>(row.Safety), row.HsCode),
            row.Version);
    }

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!;

    sealed record Row(
        string Slug, long Version, string Category, int Position, string Images, string Specifications, string? Safety, string? HsCode,
        string Texts, string Variants);
}
