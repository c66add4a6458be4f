using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.ServiceDefaults;

namespace MiStore.Catalog.Products;

/// <summary>Every no that the shelf can say.</summary>
static class ProductProblems
{
    public static ProblemHttpResult UnknownProduct(string slug) => Problems.Of(
        StatusCodes.Status404NotFound, "unknown-product", "There is no such product here.",
        $"This market does not show '{slug}'.");
}
