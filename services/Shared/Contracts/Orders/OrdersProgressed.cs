namespace MiStore.Contracts.Orders;

/// <summary>
/// How far orders of a market have come: everything that one transaction made of them, in one message. A sale makes thousands of
/// orders a second, and a message for each would cost as much as the order. Messages arrive in any order, and more than once.
/// </summary>
public sealed record OrdersProgressed(
    string Market, IReadOnlyList<OrderPlaced> Placed, IReadOnlyList<OrderPaid> Paid, IReadOnlyList<OrderClosed> Closed,
    IReadOnlyList<OrderRefunded> Refunded)
{
    /// <summary>Sorts out what has become of a market's orders.</summary>
    /// <param name="facts">Each an <see cref="OrderPlaced"/>, <see cref="OrderPaid"/>, <see cref="OrderClosed"/> or <see cref="OrderRefunded"/>.</param>
    public static OrdersProgressed Of(string market, IReadOnlyCollection<object> facts) => new(
        market, [.. facts.OfType<OrderPlaced>()], [.. facts.OfType<OrderPaid>()], [.. facts.OfType<OrderClosed>()],
        [.. facts.OfType<OrderRefunded>()]);
}
