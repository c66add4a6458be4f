using System.Collections.Concurrent;
using MiStore.Checkout.Payments;
using MiStore.Contracts;

namespace MiStore.Checkout.Tests;

/// <summary>
/// A payment provider whose book can be read. It is not ours, so it is played here; the journeys use the sandbox. It
/// does what the token says, and like a real one charges a key once.
/// </summary>
sealed class AProvider : IPaymentProvider
{
    public ConcurrentDictionary<string, Money> Charges { get; } = [];

    public ConcurrentDictionary<string, Money> Refunds { get; } = [];

    /// <summary>Calls fail from now on, before anything is done, as when nobody is there.</summary>
    public bool IsAway { get; set; }

    public Task<PaymentOutcome> Charge(Charge charge, CancellationToken cancellation)
    {
        if (IsAway)
            throw new PaymentOutcomeUnknown("nobody there");
        if (charge.PaymentMethod == "tok_declined")
            return Task.FromResult(new PaymentOutcome("pi_" + charge.OrderId, PaymentState.Declined, "generic_decline"));

        Charges.TryAdd(charge.IdempotencyKey, charge.Amount);
        // Taken, and the answer gets lost: only asking again tells.
        return charge.PaymentMethod == "tok_lost" && asked.TryAdd(charge.IdempotencyKey, true)
            ? throw new PaymentOutcomeUnknown("no answer")
            : Task.FromResult(new PaymentOutcome("pi_" + charge.OrderId, PaymentState.Succeeded, null));
    }

    public Task<PaymentOutcome?> Find(string paymentId, CancellationToken cancellation) => Task.FromResult<PaymentOutcome?>(null);

    public Task<RefundOutcome> Refund(string paymentId, Money amount, string idempotencyKey, CancellationToken cancellation)
    {
        if (IsAway)
            throw new PaymentOutcomeUnknown("nobody there");
        Refunds.TryAdd(idempotencyKey, amount);
        return Task.FromResult(new RefundOutcome("re_" + idempotencyKey, RefundState.Succeeded, null));
    }

    public Task<PaymentOutcome> Cancel(string paymentId, CancellationToken cancellation) =>
        Task.FromResult(new PaymentOutcome(paymentId, PaymentState.Cancelled, null));

    public Task<IReadOnlyList<BookEntry>?> ReadBook(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<BookEntry>?>(
        [.. Charges.Select(charge => new BookEntry(
            "pi_" + charge.Key, Guid.Parse(charge.Key), charge.Value.Currency, charge.Value.Amount,
            Refunds.TryGetValue(charge.Key + "-refund", out var refund) ? refund.Amount : 0))]);

    readonly ConcurrentDictionary<string, bool> asked = [];
}
