using System.Text.Json;
using MiStore.Contracts.Quotes;
using MiStore.Contracts.Sales;

namespace MiStore.Checkout.Orders;

/// <summary>An order as it asks for its units: everything that will be stored of it when it gets them.</summary>
/// <param name="CustomerKeys">What a purchase limit counts this customer by; see <see cref="Customers"/>.</param>
/// <param name="Ticket">Opens the batch of its sale, once; checked already. Null where none was sent.</param>
public sealed record Placement(
    Guid OrderId,
    string Number,
    string IdempotencyKey,
    byte[] RequestHash,
    Customer Customer,
    IReadOnlyList<string> CustomerKeys,
    Address ShippingAddress,
    Quote Quote,
    string? CartId,
    string PaymentToken,
    IReadOnlyList<WantedUnits> Wanted,
    DateTimeOffset PlacedAt,
    DateTimeOffset ReservedUntil,
    Ticket? Ticket = null)
{
    // As they will be stored. Written where the order comes in and not in the lane, which is one for all.
    internal string AddressJson { get; } = JsonSerializer.Serialize(ShippingAddress);

    internal string QuoteJson { get; } = JsonSerializer.Serialize(Quote);

    /// <summary>The order with its units, and before its payment.</summary>
    public Order ToOrder() => new(
        OrderId, Number, Quote.Market, OrderStatus.Reserved, Quote.Total, ReservedUntil, PaymentToken, Funds.None, PaymentId: null,
        PaymentDue: null, PaymentAttempts: 0, Reason: null, [new TimelineEntry(OrderStatus.Reserved, PlacedAt)]);
}

/// <summary>A placement that got its units, and the order as it is stored: its payment is promised with it.</summary>
public sealed record PlacedOrder(Placement Placement, Order Order, IReadOnlyList<(Guid Batch, int Units)> Units);

/// <summary>Units of one SKU, summed over the order's lines.</summary>
/// <param name="LimitPerCustomer">The offer's limit; a batch may have a narrower one.</param>
public sealed record WantedUnits(string Sku, int Units, int? LimitPerCustomer);

/// <summary>What became of a placement.</summary>
public abstract record PlacementResult
{
    /// <summary>The units are held, durably.</summary>
    public sealed record Reserved : PlacementResult;

    /// <summary>The key has made this order before, from the same request.</summary>
    public sealed record Replayed(Guid OrderId) : PlacementResult;

    /// <summary>The key has made an order before, from another request.</summary>
    public sealed record KeyReused : PlacementResult;

    /// <summary>The lane is full: nothing was looked at, and the caller had better come back.</summary>
    public sealed record Busy : PlacementResult;

    /// <summary>The ledger has fewer units than asked for.</summary>
    /// <param name="NextOpening">When the next batch opens, where one is planned.</param>
    public sealed record SoldOut(string Sku, int Available, DateTimeOffset? NextOpening) : PlacementResult;

    /// <summary>No batch is open, which is not the same as sold out.</summary>
    public sealed record NotYetOpen(string Sku, DateTimeOffset? AvailableFrom) : PlacementResult;

    public sealed record LimitExceeded(string Sku, int Limit) : PlacementResult;

    /// <summary>What is left is sold in turn, and the order came without a ticket of that sale.</summary>
    public sealed record TicketRequired(string Sku, Guid SaleId) : PlacementResult;

    /// <summary>The ticket has made an order before.</summary>
    public sealed record TicketUsed(Guid SaleId) : PlacementResult;
}
