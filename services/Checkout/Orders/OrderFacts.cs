namespace MiStore.Checkout.Orders;

/// <summary>Something an order may hear. It may hear it twice, late, or after it gave up.</summary>
public abstract record OrderFact
{
    /// <summary>We are about to ask the provider for the money.</summary>
    public sealed record PaymentStarted : OrderFact;

    /// <summary>The provider was asked and we do not know what it did.</summary>
    public sealed record PaymentUnclear : OrderFact;

    public sealed record PaymentSucceeded(string PaymentId) : OrderFact;

    /// <param name="Reason">The provider's word, such as insufficient_funds.</param>
    public sealed record PaymentDeclined(string? PaymentId, string Reason) : OrderFact;

    /// <summary>The instant up to which the units were held has passed.</summary>
    public sealed record ReservationExpired : OrderFact;

    public sealed record CancellationRequested : OrderFact;

    /// <summary>The provider has sent the money back.</summary>
    public sealed record RefundMade : OrderFact;

    public sealed record ParcelPacked : OrderFact;

    public sealed record ParcelShipped : OrderFact;

    public sealed record ParcelDelivered : OrderFact;
}
