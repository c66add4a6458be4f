using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MiStore.Cart.Carts;
using MiStore.Cart.Copies;

namespace MiStore.Cart.Lines;

/// <summary>The shopper wants exactly this many of a product; asking twice leaves the cart the same.</summary>
public static class SetCartLine
{
    // Wide, so that an absurd number is a wrong quantity and not an unreadable request.
    /// <param name="Quantity">Units, 1 to 99.</param>
    public sealed record Request([property: Range(CartLine.MinQuantity, CartLine.MaxQuantity)] long Quantity);

    public static void MapSetCartLine(this RouteGroupBuilder carts) => carts
        .MapPut("/{cartId}/lines/{sku}", Handle)
        .WithName(nameof(SetCartLine))
        .WithSummary("Set how many of a product the cart holds")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);

    /// <param name="language">Of the names in the answer; the market's own without it.</param>
    static async Task<Results<Ok<CartView>, ProblemHttpResult>> Handle(
        string cartId, string sku, Request request, string? language,
        CartStore carts, ShelfCopies shelves, IOptions<CartOptions> options, TimeProvider clock, CancellationToken cancellation)
    {
        if (!LineProblem.IsQuantity(request.Quantity))
            return CartProblems.InvalidQuantity(sku);

        if (await carts.Find(cartId, cancellation) is not { } cart)
            return CartProblems.UnknownCart();

        // Our own copies of the offers; the quote is taken from Pricing before any money is.
        var now = clock.GetUtcNow();
        var shelf = await shelves.Of(cart.Market, [.. cart.Lines.Select(line => line.Sku), sku], cancellation);
        if (!shelf.Knows(sku))
            return CartProblems.UnknownSku(sku);

        if (LineProblem.Of(shelf.TermsOf(sku, now), (int)request.Quantity) is { } problem)
            return CartProblems.Of(problem, sku, cart.Market);

        if (cart.IsFullFor(sku))
            return CartProblems.CartFull();

        var changed = cart.WithLine(sku, (int)request.Quantity, now);
        if (changed != cart)
            await carts.Save(changed, cancellation);

        return TypedResults.Ok(CartView.Of(changed, shelf, options.Value.Lifetime, language, now));
    }
}
