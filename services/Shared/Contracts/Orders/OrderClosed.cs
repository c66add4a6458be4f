using System.Text.Json.Serialization;

namespace MiStore.Contracts.Orders;

/// <summary>The order came to nothing: its units are back in the ledger.</summary>
/// <param name="Reason">The provider's word for a refusal, such as card_declined; null where there is none.</param>
public sealed record OrderClosed(Guid OrderId, string Market, ClosedAs As, string? Reason);

/// <summary>How an order ended without a sale.</summary>
[JsonConverter(typeof(KebabCase<ClosedAs>))]
public enum ClosedAs
{
    /// <summary>The customer took it back.</summary>
    Cancelled,

    /// <summary>The payment was refused.</summary>
    Rejected,

    /// <summary>Nothing was paid before the reservation ended.</summary>
    Expired,
}
