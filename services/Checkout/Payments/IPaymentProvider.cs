using MiStore.Contracts;

namespace MiStore.Checkout.Payments;

/// <summary>
/// Who takes the customer's money. Written for a provider that may answer late, twice or never: a call either says
/// what happened or throws <see cref="PaymentOutcomeUnknown"/>, and asking again never moves money a second time.
/// </summary>
public interface IPaymentProvider
{
    /// <summary>
    /// Takes the money. Calling again with the same charge is how an outcome that was never heard is asked for.
    /// </summary>
    /// <exception cref="PaymentOutcomeUnknown">Nobody knows yet whether money moved. Ask again.</exception>
    /// <exception cref="PaymentRequestRefused">No money moved, and the same request will never succeed.</exception>
    Task<PaymentOutcome> Charge(Charge charge, CancellationToken cancellation);

    /// <summary>How a payment stands now; null when the provider knows none of that id.</summary>
    /// <exception cref="PaymentOutcomeUnknown">The provider did not answer. Ask again.</exception>
    Task<PaymentOutcome?> Find(string paymentId, CancellationToken cancellation);

    /// <summary>Gives money back: at most what was taken and not yet given back, and once for one key.</summary>
    /// <exception cref="PaymentOutcomeUnknown">Nobody knows yet whether money moved. Ask again with the same key.</exception>
    /// <exception cref="PaymentRequestRefused">No money moved, and the same request will never succeed.</exception>
    Task<RefundOutcome> Refund(string paymentId, Money amount, string idempotencyKey, CancellationToken cancellation);

    /// <summary>
    /// Makes sure that an unfinished payment never takes money. A payment that is finished stays as it is, so read
    /// the answer: it may say <see cref="PaymentState.Succeeded"/>, and then the money has to be given back.
    /// </summary>
    /// <exception cref="PaymentOutcomeUnknown">The provider did not answer. Ask again.</exception>
    Task<PaymentOutcome> Cancel(string paymentId, CancellationToken cancellation);

    /// <summary>The provider's own book, payment by payment, for an audit; null where it lets nobody read one.</summary>
    /// <exception cref="PaymentOutcomeUnknown">The provider did not answer.</exception>
    Task<IReadOnlyList<BookEntry>?> ReadBook(CancellationToken cancellation);
}

/// <summary>What the provider has written about one payment, in the currency's smallest unit.</summary>
/// <param name="OrderId">The order that we named when we charged; null for a payment that is none of ours.</param>
public sealed record BookEntry(string PaymentId, Guid? OrderId, string Currency, long Captured, long Refunded);

/// <summary>Money to be taken for an order.</summary>
/// <param name="PaymentMethod">The provider's token for the customer's card; never a card number.</param>
/// <param name="IdempotencyKey">One key, one charge, for ever; at most 255 characters.</param>
public sealed record Charge(Guid OrderId, string OrderNumber, Money Amount, string PaymentMethod, string IdempotencyKey);

/// <summary>What the provider says about a payment.</summary>
/// <param name="PaymentId">The provider's name for it; null when it was refused before it got one.</param>
/// <param name="Reason">Why it was declined, in the provider's words (<c>insufficient_funds</c>); else null.</param>
public sealed record PaymentOutcome(string? PaymentId, PaymentState State, string? Reason);

public enum PaymentState
{
    /// <summary>The money is taken. Final.</summary>
    Succeeded,

    /// <summary>No money was taken, and with this card none will be.</summary>
    Declined,

    /// <summary>The provider has the payment and does not know itself yet. Ask again, or wait for its webhook.</summary>
    Processing,

    /// <summary>No money was taken, and none ever will be. Final.</summary>
    Cancelled,
}

/// <summary>What the provider says about a refund.</summary>
/// <param name="RefundId">The provider's name for it; null when it was refused.</param>
/// <param name="Reason">Why it failed, in the provider's words (<c>charge_already_refunded</c>); else null.</param>
public sealed record RefundOutcome(string? RefundId, RefundState State, string? Reason);

public enum RefundState
{
    /// <summary>The money is on its way back.</summary>
    Succeeded,

    /// <summary>Accepted, not yet done.</summary>
    Pending,

    /// <summary>No money goes back: all of it already has, or the card cannot take it.</summary>
    Failed,
}

/// <summary>
/// The provider was asked and did not tell: a timeout, a lost connection, a fault of its own, the same request still
/// running, a key that was used for another request. Money may have moved. The caller must ask again under the same key.
/// </summary>
public sealed class PaymentOutcomeUnknown(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The provider will never accept this request: a wrong key, an unknown token, a bad amount. No money moved.</summary>
/// <param name="code">The provider's code for it, such as <c>resource_missing</c>.</param>
public sealed class PaymentRequestRefused(int status, string? code, string message)
    : Exception($"The payment provider refused the request ({status} {code ?? "no code"}): {message}")
{
    /// <summary>The HTTP status: 401 and 403 mean our own key is wrong, which is never the customer's fault.</summary>
    public int Status => status;

    public string? Code => code;
}
