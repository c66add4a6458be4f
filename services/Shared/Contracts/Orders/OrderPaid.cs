namespace MiStore.Contracts.Orders;

/// <summary>The money is there and the units are sold.</summary>
public sealed record OrderPaid(Guid OrderId, string Market, Money Total);
