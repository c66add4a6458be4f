namespace MiStore.Contracts.Orders;

/// <summary>The customer's money has been sent back.</summary>
public sealed record OrderRefunded(Guid OrderId, string Market, Money Amount);
