using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Cart.Lines;
using MiStore.ServiceDefaults;

namespace MiStore.Cart.Carts;

/// <summary>Every no that the cart can say.</summary>
public static class CartProblems
{
    public static ProblemHttpResult UnknownCart() => Problems.Of(
        StatusCodes.Status404NotFound, "unknown-cart", "There is no such cart.", "It may have been too long ago.");

    public static ProblemHttpResult UnknownSku(string sku) => Problems.Of(
        StatusCodes.Status404NotFound, "unknown-sku", "There is no such product.", null, ("sku", sku));

    public static ProblemHttpResult InvalidQuantity(string sku) => Problems.Of(
        StatusCodes.Status400BadRequest, "invalid-quantity", "That is not a quantity.",
        $"A cart line holds {CartLine.MinQuantity} to {CartLine.MaxQuantity} units; remove the line to have none.", ("sku", sku));

    public static ProblemHttpResult CartFull() => Problems.Of(
        StatusCodes.Status409Conflict, "cart-full", "The cart is full.",
        $"A cart holds {Carts.Cart.MaxLines} lines.", ("limit", Carts.Cart.MaxLines));

    /// <summary>Others changed the cart at the same moment, again and again.</summary>
    public static ProblemHttpResult CartChanged() => Problems.Of(
        StatusCodes.Status409Conflict, "cart-changed", "The cart is being changed elsewhere.", "Nothing was changed; please try again.");

    public static ProblemHttpResult Of(LineProblem problem, string sku, string market) => problem switch
    {
        LineProblem.NotSold(var reasons) => Problems.Of(
            StatusCodes.Status409Conflict, problem.Code, "This is not sold in this market.", null,
            ("sku", sku), ("market", market), ("reasons", reasons)),
        LineProblem.NotYetOpen(var availableFrom) => Problems.Of(
            StatusCodes.Status409Conflict, problem.Code, "The sale has not begun yet.", null,
            ("sku", sku), ("market", market), ("availableFrom", availableFrom)),
        LineProblem.Paused => Problems.Of(
            StatusCodes.Status409Conflict, problem.Code, "The sale is paused for the moment.", null,
            ("sku", sku), ("market", market)),
        LineProblem.OverLimit(var limit) => Problems.Of(
            StatusCodes.Status409Conflict, problem.Code, "That is more than one customer may buy.", $"The limit is {limit}.",
            ("sku", sku), ("market", market), ("limit", limit)),
        _ => throw new ArgumentOutOfRangeException(nameof(problem)),
    };
}
