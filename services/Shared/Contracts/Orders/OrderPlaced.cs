namespace MiStore.Contracts.Orders;

/// <summary>Units are set aside for an order; its payment follows. Said with <see cref="OrdersProgressed"/>, as all that becomes of an order.</summary>
/// <param name="CartId">The cart that it was ordered from; null where there was none.</param>
/// <param name="Lines">What was ordered, each SKU once; null where that was not said.</param>
public sealed record OrderPlaced(
    Guid OrderId, string Number, string Market, Money Total, string? CartId, DateTimeOffset ReservedUntil,
    IReadOnlyList<OrderedLine>? Lines = null);

/// <param name="Quantity">Units.</param>
public sealed record OrderedLine(string Sku, int Quantity);
