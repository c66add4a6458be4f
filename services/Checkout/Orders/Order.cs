using MiStore.Checkout.Stock;
using MiStore.Contracts;
using MiStore.Contracts.Orders;
using static MiStore.Checkout.Orders.OrderFact;
using static MiStore.Checkout.Orders.OrderStatus;

namespace MiStore.Checkout.Orders;

/// <summary>
/// A promise to a customer, and how it is kept or ends. This file is the transition table: for each thing an order may
/// hear, what each state makes of it. It touches no clock, bus or database, so that a test can shuffle and repeat every
/// order of delivery it can think of.
/// </summary>
public sealed record Order(
    Guid Id,
    string Number,
    string Market,
    OrderStatus Status,
    Money Total,
    DateTimeOffset ReservedUntil,
    string PaymentToken,
    Funds Funds,
    string? PaymentId,
    DateTimeOffset? PaymentDue,
    int PaymentAttempts,
    string? Reason,
    IReadOnlyList<TimelineEntry> Timeline)
{
    // How long a call to the provider may take before somebody else looks after it, and how seldom we ask in the end.
    static readonly TimeSpan CallTime = TimeSpan.FromSeconds(15);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>True until the money is there or the order came to nothing.</summary>
    public bool IsOpen => Status is Reserved or Paying;

    public Step On(OrderFact fact, DateTimeOffset now) => fact switch
    {
        PaymentStarted => OnPaymentStart(now),
        PaymentUnclear => Stay(PaymentDue is null ? this : this with { PaymentDue = Later(now), PaymentAttempts = PaymentAttempts + 1 }),
        PaymentSucceeded succeeded => On(succeeded, now),
        PaymentDeclined declined => On(declined, now),
        ReservationExpired => OnExpiry(now),
        CancellationRequested => OnCancellation(now),
        RefundMade => OnRefund(now),
        ParcelPacked => Status is Paid ? GoTo(Packed, now) : Refuse(),
        ParcelShipped => Status is Packed ? GoTo(Shipped, now) : Refuse(),
        ParcelDelivered => Status is Shipped ? GoTo(Delivered, now) : Refuse(),
        _ => throw new ArgumentOutOfRangeException(nameof(fact)),
    };

    Step OnPaymentStart(DateTimeOffset now) => Status switch
    {
        // Asking after the hold has ended could only make a charge that has to be refunded.
        Reserved or Paying when now >= ReservedUntil => Refuse(),
        Reserved => (this with { Funds = Funds.Asked, PaymentDue = now + CallTime }).GoTo(Paying, now),
        Paying => Stay(this with { PaymentDue = now + CallTime }),
        // The order gave up while the outcome was unknown: we still have to find out what became of the money.
        _ when Funds is Funds.Asked => Stay(this with { PaymentDue = now + CallTime }),
        _ => Refuse(),
    };

    Step On(PaymentSucceeded succeeded, DateTimeOffset now)
    {
        var captured = this with { Funds = Funds.Captured, PaymentId = succeeded.PaymentId, PaymentDue = null };
        return Status switch
        {
            Reserved or Paying => captured.GoTo(Paid, now, Movement.Sold, new OrderPaid(Id, Market, Total)),
            // The answer came after we gave up: the money goes back.
            Expired or Cancelled or Rejected when Funds is Funds.None or Funds.Asked or Funds.Declined =>
                Stay(captured with { Funds = Funds.RefundDue, PaymentDue = now }),
            _ => Stay(this),
        };
    }

    Step On(PaymentDeclined declined, DateTimeOffset now)
    {
        var refused = this with { Funds = Funds.Declined, PaymentId = declined.PaymentId ?? PaymentId, PaymentDue = null };
        return Status switch
        {
            Reserved or Paying => (refused with { Reason = declined.Reason })
                .GoTo(Rejected, now, Movement.Returned, new OrderClosed(Id, Market, ClosedAs.Rejected, declined.Reason)),
            Expired or Cancelled when Funds is Funds.Asked => Stay(refused),
            _ => Stay(this),
        };
    }

    // The hold ends, whatever the provider is doing. If it was asked, PaymentDue stays: the money is still looked after.
    Step OnExpiry(DateTimeOffset now) => Status switch
    {
        Reserved or Paying when now >= ReservedUntil => (this with { Reason = "reservation-expired", PaymentDue = DueAfterTheEnd(now) })
            .GoTo(Expired, now, Movement.Returned, new OrderClosed(Id, Market, ClosedAs.Expired, "reservation-expired")),
        _ => Stay(this),
    };

    Step OnCancellation(DateTimeOffset now) => Status switch
    {
        Reserved or Paying => (this with { Reason = "cancelled-by-customer", PaymentDue = DueAfterTheEnd(now) })
            .GoTo(Cancelled, now, Movement.Returned, new OrderClosed(Id, Market, ClosedAs.Cancelled, "cancelled-by-customer")),
        Paid => (this with { Reason = "cancelled-by-customer", Funds = Funds.RefundDue, PaymentDue = now })
            .GoTo(Cancelled, now, Movement.Restocked, new OrderClosed(Id, Market, ClosedAs.Cancelled, "cancelled-by-customer")),
        Cancelled => Stay(this),
        Refunded when Reason == "cancelled-by-customer" => Stay(this),
        _ => Refuse(),
    };

    Step OnRefund(DateTimeOffset now) => Funds is Funds.RefundDue
        ? (this with { Funds = Funds.Refunded, PaymentDue = null }).GoTo(Refunded, now, null, new OrderRefunded(Id, Market, Total))
        : Stay(this);

    DateTimeOffset? DueAfterTheEnd(DateTimeOffset now) => Funds is Funds.Asked ? PaymentDue ?? now : null;

    DateTimeOffset Later(DateTimeOffset now)
    {
        var pause = TimeSpan.FromSeconds(2 * Math.Pow(2, Math.Min(PaymentAttempts, 10)));
        return now + (pause < LongestPause ? pause : LongestPause);
    }

    Step GoTo(OrderStatus next, DateTimeOffset now, Movement? movement = null, params object[] messages) =>
        new(this with { Status = next, Timeline = [.. Timeline, new TimelineEntry(next, now)] }, movement, messages);

    static Step Stay(Order order) => new(order, null, []);

    Step Refuse() => new(this, null, []) { IsRefused = true };
}

/// <summary>One entry of an order's history.</summary>
public sealed record TimelineEntry(OrderStatus Status, DateTimeOffset At);

/// <summary>What follows from a fact: the order as it is now, how its units move, and what others are told.</summary>
public sealed record Step(Order Order, Movement? Movement, IReadOnlyList<object> Messages)
{
    /// <summary>The order cannot do that in its state.</summary>
    public bool IsRefused { get; init; }
}
