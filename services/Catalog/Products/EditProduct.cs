using System.Security.Claims;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Catalog.Changes;
using MiStore.Messaging;
using MiStore.ServiceDefaults;

namespace MiStore.Catalog.Products;

/// <summary>
/// A published product is told differently, or in one more language: the whole of it, as it is to be from now on. Where it
/// may not be sold is said by <c>SetRestrictions</c>, and what it costs by Pricing.
/// </summary>
public static class EditProduct
{
    /// <param name="Product">The whole product, without restrictions. Its slug stays, and so does every SKU that it has.</param>
    /// <param name="Version">Of the product that was looked at; when it is another by now, nothing is changed.</param>
    /// <param name="Why">For the record of changes; 1 to 500 characters.</param>
    public sealed record Request(Product Product, long Version, string Why);

    /// <param name="Version">Rises with every change of the product.</param>
    public sealed record Edited(string Slug, long Version);

    public static void MapEditProduct(this RouteGroupBuilder products) => products
        .MapPut("/{slug}", Handle)
        .WithName(nameof(EditProduct))
        .WithSummary("Replace what a published product says: texts, specifications, images, safety data, names of variants")
        .WithDescription(
            """
            400 malformed-request (also where a SKU is left out: one that was sold stays in the books) · 404 unknown-product ·
            409 product-changed (version) when somebody else was quicker, duplicate-sku (skus) · 422 unknown-category
            """)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    static async Task<Results<Ok<Edited>, ProblemHttpResult>> Handle(
        string slug, Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var product = request.Product;
        var faults = ProductRules.Faults(product).Concat(ProductRules.FaultsOfWhy(request.Why)).ToList();
        if (faults.Count > 0)
            return Problems.MalformedRequest(string.Join(" ", faults));

        await using var unit = await work.Begin(cancellation);
        // Two operators at once: the second waits here, and finds that the first was quicker.
        await unit.Connection.ExecuteAsync("select from products where slug = @slug for update", new { slug });
        if (await ProductRows.Find(unit, slug) is not var (before, version))
            return ProductProblems.UnknownProduct(slug);
        if (request.Version != version)
            return Problems.Of(StatusCodes.Status409Conflict, "product-changed", "Somebody else has changed the product.",
                $"It is version {version} now.", ("version", version));
        if (FaultsAgainst(before, product) is { Count: > 0 } contradictions)
            return Problems.MalformedRequest(string.Join(" ", contradictions));
        if (!await ProductProblems.IsCategory(unit, product.Category))
            return ProductProblems.UnknownCategory(product.Category);

        await unit.Connection.ExecuteAsync(
            """
            update products set version = version + 1, category = @Category, position = coalesce(@Position, position),
                images = @images::jsonb, specifications = @specifications::jsonb, safety = @safety::jsonb, hs_code = @HsCode
            where slug = @slug
            """,
            new
            {
                slug, product.Category, product.Position, product.HsCode, images = ProductRows.Json(product.Images),
                specifications = ProductRows.Json(product.Specifications),
                safety = product.Safety is null ? null : ProductRows.Json(product.Safety),
            });
        if (await ProductRows.PutVariants(unit, product) is { Count: > 0 } taken)
            return ProductProblems.DuplicateSku(taken);
        await ProductRows.PutTexts(unit, product);

        await Change.Record(unit, "product-edited", slug, before, product, user.Subject(), request.Why, clock.GetUtcNow());
        await Announcement.Of(unit, slug);
        await unit.Commit(cancellation);
        return TypedResults.Ok(new Edited(slug, version + 1));
    }

    /// <returns>One sentence for each thing that an edit cannot do.</returns>
    public static IReadOnlyList<string> FaultsAgainst(Product before, Product after)
    {
        var faults = new List<string>();
        if (after.Slug != before.Slug)
            faults.Add("slug: it names the product for ever.");
        if (after.Restrictions is not null)
            faults.Add("restrictions: they have a call of their own.");
        if (before.Variants.Select(variant => variant.Sku).Except(after.Variants.Select(variant => variant.Sku)).ToList() is { Count: > 0 } gone)
            faults.Add($"variants: {string.Join(", ", gone)} cannot go; what is no longer sold has no price.");
        return faults;
    }
}
