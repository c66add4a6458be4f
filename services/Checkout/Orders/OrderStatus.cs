using System.Text.Json.Serialization;
using MiStore.Contracts;

namespace MiStore.Checkout.Orders;

/// <summary>Where an order stands. Reserved, paying, paid, packed, shipped, delivered; or one of the four other ends.</summary>
[JsonConverter(typeof(KebabCase<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>Units are held; the payment has not begun.</summary>
    Reserved,

    /// <summary>The provider has been asked and has not answered for good.</summary>
    Paying,

    Paid,
    Packed,
    Shipped,
    Delivered,

    /// <summary>Taken back by the customer.</summary>
    Cancelled,

    /// <summary>The payment was refused.</summary>
    Rejected,

    /// <summary>Not paid before the reservation ended.</summary>
    Expired,

    /// <summary>It came to nothing and the customer has the money back.</summary>
    Refunded,
}

/// <summary>Where an order's money is, as far as we know.</summary>
public enum Funds
{
    /// <summary>Nobody has been asked for it.</summary>
    None,

    /// <summary>The provider has been asked; until it answers, money may or may not have moved.</summary>
    Asked,

    Captured,
    Declined,

    /// <summary>It was captured for an order that no longer wants it.</summary>
    RefundDue,

    Refunded,
}
