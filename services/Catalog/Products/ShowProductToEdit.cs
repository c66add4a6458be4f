using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Catalog.Restrictions;
using MiStore.Messaging;

namespace MiStore.Catalog.Products;

/// <summary>An operator looks at a whole product, in all of its languages, to edit it.</summary>
public static class ShowProductToEdit
{
    /// <param name="Product">As <c>EditProduct</c> takes it.</param>
    /// <param name="Version">Belongs to the edit: it is refused when somebody else was quicker.</param>
    /// <param name="Restrictions">They have a call of their own.</param>
    public sealed record Answer(Product Product, long Version, IReadOnlyList<Restriction> Restrictions);

    public static void MapShowProductToEdit(this RouteGroupBuilder products) => products
        .MapGet("/{slug}", Handle)
        .WithName(nameof(ShowProductToEdit))
        .WithSummary("Show a product with all its languages, to edit it")
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(string slug, Work work, CancellationToken cancellation)
    {
        await using var unit = await work.Begin(cancellation);
        return await ProductRows.Find(unit, slug) is var (product, version)
            ? TypedResults.Ok(new Answer(product, version, await RestrictionRows.Read(unit, slug)))
            : ProductProblems.UnknownProduct(slug);
    }
}
