using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MiStore.Cart.Copies;

namespace MiStore.Cart.Carts;

/// <summary>The cart, with the prices, limits and names of this moment.</summary>
public static class GetCart
{
    public static void MapGetCart(this RouteGroupBuilder carts) => carts
        .MapGet("/{cartId}", Handle)
        .WithName(nameof(GetCart))
        .WithSummary("Look into a cart");

    /// <param name="language">Of the names in the answer; the market's own without it.</param>
    static async Task<Results<Ok<CartView>, ProblemHttpResult>> Handle(
        string cartId, string? language,
        CartStore carts, ShelfCopies shelves, IOptions<CartOptions> options, TimeProvider clock, CancellationToken cancellation)
    {
        if (await carts.Find(cartId, cancellation) is not { } cart)
            return CartProblems.UnknownCart();

        var shelf = await shelves.Of(cart.Market, cart.Lines.Select(line => line.Sku), cancellation);
        return TypedResults.Ok(CartView.Of(cart, shelf, options.Value.Lifetime, language, clock.GetUtcNow()));
    }
}
