using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MiStore.Cart.Carts;
using MiStore.Cart.Copies;

namespace MiStore.Cart.Lines;

/// <summary>The shopper does not want a product after all. A line that is not there is as good as removed.</summary>
public static class RemoveCartLine
{
    public static void MapRemoveCartLine(this RouteGroupBuilder carts) => carts
        .MapDelete("/{cartId}/lines/{sku}", Handle)
        .WithName(nameof(RemoveCartLine))
        .WithSummary("Take a product out of the cart")
        .ProducesProblem(StatusCodes.Status409Conflict);

    /// <param name="language">Of the names in the answer; the market's own without it.</param>
    static async Task<Results<Ok<CartView>, ProblemHttpResult>> Handle(
        string cartId, string sku, string? language,
        CartStore carts, ShelfCopies shelves, IOptions<CartOptions> options, TimeProvider clock, CancellationToken cancellation)
    {
        if (await carts.Find(cartId, cancellation) is not { } cart)
            return CartProblems.UnknownCart();

        var now = clock.GetUtcNow();
        var shelf = await shelves.Of(cart.Market, cart.Lines.Select(line => line.Sku), cancellation);

        var changed = cart.WithoutLine(sku, now);
        if (changed != cart)
            await carts.Save(changed, cancellation);

        return TypedResults.Ok(CartView.Of(changed, shelf, options.Value.Lifetime, language, now));
    }
}
