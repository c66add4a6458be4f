namespace MiStore.Contracts.Orders;

/// <summary>Units are set aside for an order; its payment follows.</summary>
public sealed record OrderPlaced(
    Guid OrderId, string Number, string Market, Money Total, string? CartId, DateTimeOffset ReservedUntil);
