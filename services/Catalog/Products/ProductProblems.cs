using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Messaging;
using MiStore.ServiceDefaults;

namespace MiStore.Catalog.Products;

/// <summary>Every no that is said of a product.</summary>
static class ProductProblems
{
    public static ProblemHttpResult UnknownProduct(string slug) => Problems.Of(
        StatusCodes.Status404NotFound, "unknown-product", "There is no such product here.",
        $"This market does not show '{slug}'.");

    public static ProblemHttpResult UnknownSku(string sku) => Problems.Of(
        StatusCodes.Status404NotFound, "unknown-sku", "There is no such SKU.", null, ("sku", sku));

    public static ProblemHttpResult DuplicateSku(IReadOnlyList<string> skus) => Problems.Of(
        StatusCodes.Status409Conflict, "duplicate-sku", "A SKU names one variant only.",
        $"Taken already: {string.Join(", ", skus)}.", ("skus", skus));

    public static ProblemHttpResult UnknownCategory(string category) => Problems.Of(
        StatusCodes.Status422UnprocessableEntity, "unknown-category", "There is no such category.",
        $"We do not know the category '{category}'.");

    public static Task<bool> IsCategory(UnitOfWork unit, string category) => unit.Connection.ExecuteScalarAsync<bool>(
        "select exists (select from categories where slug = @category)", new { category }, unit.Transaction);
}
