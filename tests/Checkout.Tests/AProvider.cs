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

    /// <summary>Orders whose question hangs: nobody says no, and nobody ever answers.</summary>
    public ConcurrentDictionary<Guid, bool> Hanging { get; } = [];

    public async Task<PaymentOutcome> Charge(Charge charge, CancellationToken cancellation)
    {
        if (IsAway)
            throw new PaymentOutcomeUnknown("nobody there");
        if (charge.PaymentMethod == "tok_declined")
            return new PaymentOutcome("pi_" + charge.OrderId, PaymentState.Declined, "generic_decline");

        var isFirst = asked.TryAdd(charge.IdempotencyKey, true);
        if (charge.PaymentMethod == "tok_silent" && !isFirst)
        {
            Hanging[charge.OrderId] = true;
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        // Taken, and the answer gets lost: only asking again tells.
        Charges.TryAdd(charge.IdempotencyKey, charge.Amount);
        return charge.PaymentMethod is "tok_lost" or "tok_silent" && isFirst
            ? throw new PaymentOutcomeUnknown("no answer")
            : new PaymentOutcome("pi_" + charge.OrderId, PaymentState.Succeeded, null);
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
