using System.Text.Json.Serialization;
using MiStore.Cart.Copies;
using MiStore.Cart.Lines;
using MiStore.Contracts;
using MiStore.ServiceDefaults;

namespace MiStore.Cart.Carts;

/// <summary>A cart as its shopper sees it: what was picked, on the terms of this moment.</summary>
/// <param name="Id">Names the cart in URLs, and is the only key to it.</param>
/// <param name="Currency">ISO 4217 code of the market.</param>
/// <param name="Lines">In the order in which they were first set.</param>
/// <param name="Subtotal">Over the lines that are ok.</param>
/// <param name="ExpiresAt">The cart is forgotten then, unless it is changed before.</param>
public sealed record CartView(
    string Id, string Market, string Currency, IReadOnlyList<CartLineView> Lines, Money Subtotal,
    DateTimeOffset UpdatedAt, DateTimeOffset ExpiresAt)
{
    public static CartView Of(Cart cart, Shelf shelf, TimeSpan lifetime, string? language, DateTimeOffset now)
    {
        var lines = cart.Lines.Select(line => CartLineView.Of(line, shelf, language, now)).ToList();
        var subtotal = lines
            .Where(line => line.State == LineState.Ok)
            .Aggregate(Money.Zero(shelf.Market.Currency), (sum, line) => sum + line.LineTotal!.Value);

        return new CartView(
            cart.Id, cart.Market, shelf.Market.Currency, lines, subtotal, cart.UpdatedAt, cart.UpdatedAt + lifetime);
    }
}

/// <param name="Name">In the language asked for, else the market's own.</param>
/// <param name="Quantity">Units.</param>
/// <param name="UnitPrice">Null where the market has announced none.</param>
/// <param name="LimitPerCustomer">Units one customer may buy; null is no limit.</param>
/// <param name="Problem">Why the line cannot be ordered as it is: the code that setting it now would be refused with.</param>
/// <param name="Reasons">Why it is not sold in the market; null where it is.</param>
/// <param name="AvailableFrom">When it will be sold, where that is known and still to come.</param>
/// <param name="AllowedQuantity">How many could be ordered; only with a problem.</param>
/// <param name="Message">The problem in words, in the language of the name; only with a problem.</param>
public sealed record CartLineView(
    string Sku, string Name, int Quantity, Money? UnitPrice, Money? LineTotal, LineState State, int? LimitPerCustomer,
    string? Problem, IReadOnlyList<string>? Reasons, DateTimeOffset? AvailableFrom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? AllowedQuantity = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null)
{
    internal static CartLineView Of(CartLine line, Shelf shelf, string? language, DateTimeOffset now)
    {
        var terms = shelf.TermsOf(line.Sku, now);
        var problem = LineProblem.Of(terms, line.Quantity);
        var view = new CartLineView(
            line.Sku, shelf.NameOf(line.Sku, language), line.Quantity,
            terms.Price, terms.Price * line.Quantity,
            problem is null ? LineState.Ok : LineState.Unavailable,
            terms.LimitPerCustomer,
            problem?.Code, (problem as LineProblem.NotSold)?.Reasons, (problem as LineProblem.NotYetOpen)?.AvailableFrom);
        return problem is null ? view : view with
        {
            AllowedQuantity = ProblemMessages.AllowedQuantity(problem.Code, problem.Facts),
            Message = ProblemMessages.In(shelf.LanguageFor(language), problem.Code, problem.Facts),
        };
    }
}

[JsonConverter(typeof(KebabCase<LineState>))]
public enum LineState
{
    Ok,

    /// <summary>Stays in the cart for the shopper to see, and counts for nothing.</summary>
    Unavailable,
}
