using System.Security.Claims;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Catalog.Changes;
using MiStore.Catalog.Restrictions;
using MiStore.Messaging;
using MiStore.ServiceDefaults;

namespace MiStore.Catalog.Products;

/// <summary>
/// The store takes a product into its range. It is shown in a market as soon as Pricing offers it there, or at once
/// where it is restricted.
/// </summary>
public static class PublishProduct
{
    /// <param name="Why">For the record of changes; 1 to 500 characters.</param>
    public sealed record Request(Product Product, string Why);

    /// <param name="Version">Rises with every change of the product.</param>
    public sealed record Published(string Slug, long Version, IReadOnlyList<string> Skus);

    public static void MapPublishProduct(this RouteGroupBuilder products) => products
        .MapPost("", Handle)
        .WithName(nameof(PublishProduct))
        .WithSummary("Publish a product with its texts, variants and restrictions")
        .WithDescription("409 duplicate-product when the slug is taken, duplicate-sku when a SKU is; 422 unknown-category.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    static async Task<Results<Created<Published>, ProblemHttpResult>> Handle(
        Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var faults = ProductRules.Faults(request.Product).Concat(ProductRules.FaultsOfWhy(request.Why)).ToList();
        if (faults.Count > 0)
            return Problems.MalformedRequest(string.Join(" ", faults));

        await using var unit = await work.Begin(cancellation);
        if (await Publish(unit, request.Product, user.Subject(), request.Why, clock.GetUtcNow()) is { } refusal)
            return refusal;

        await unit.Commit(cancellation);
        return TypedResults.Created((string?)null, new Published(
            request.Product.Slug, Version: 1, [.. request.Product.Variants.Select(variant => variant.Sku)]));
    }

    /// <summary>Writes the product and the news of it; the caller commits unless there is a refusal.</summary>
    internal static async Task<ProblemHttpResult?> Publish(
        UnitOfWork unit, Product product, string who, string why, DateTimeOffset now)
    {
        if (!await ProductProblems.IsCategory(unit, product.Category))
            return ProductProblems.UnknownCategory(product.Category);

        var inserted = await unit.Connection.ExecuteAsync(
            """
            insert into products (slug, version, category, position, images, specifications, safety, hs_code, published_at)
            values (@Slug, 1, @Category, coalesce(@Position, (select coalesce(max(position), 0) + 10 from products)),
                    @images::jsonb, @specifications::jsonb, @safety::jsonb, @HsCode, @now)
            on conflict (slug) do nothing
            """,
            new
            {
                product.Slug, product.Category, product.Position, product.HsCode,
                images = ProductRows.Json(product.Images), specifications = ProductRows.Json(product.Specifications),
                safety = product.Safety is null ? null : ProductRows.Json(product.Safety), now,
            },
            unit.Transaction);
        if (inserted == 0)
            return Problems.Of(409, "duplicate-product", "There is a product of that slug.",
                $"'{product.Slug}' is published already.");

        if (await ProductRows.PutVariants(unit, product) is { Count: > 0 } taken)
            return ProductProblems.DuplicateSku(taken);
        await ProductRows.PutTexts(unit, product);
        await RestrictionRows.Replace(unit, product.Slug, product.Restrictions ?? []);
        await Change.Record(unit, "product-published", product.Slug, before: null, after: product, who, why, now);
        await Announcement.Of(unit, product.Slug);
        return null;
    }
}
