using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.ServiceDefaults;

namespace MiStore.Catalog.Products;

/// <summary>Every no that the shelf can say.</summary>
static class ProductProblems
{
    public static ProblemHttpResult UnknownProduct(string slug) => Problems.Of(
        StatusCodes.Status404NotFound, "unknown-product", "There is no such product here.",
        $"This market does not show '{slug}'.");

    public static ProblemHttpResult UnknownSku(string sku) => Problems.Of(
        StatusCodes.Status404NotFound, "unknown-sku", "There is no such SKU.", null, ("sku", sku));
}
