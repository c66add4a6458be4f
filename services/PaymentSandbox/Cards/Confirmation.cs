using MiStore.PaymentSandbox.Http;
using MiStore.PaymentSandbox.Payments;
using MiStore.PaymentSandbox.Webhooks;

namespace MiStore.PaymentSandbox.Cards;

/// <summary>
/// Everything that follows from charging a card, decided at once and written at once: how the payment stands, what its
/// key will be answered and from when on, and which news goes out when. A crash afterwards changes none of it.
/// </summary>
public sealed record Confirmation(Payment Payment, Answer Answer, DateTimeOffset ReadyAt, Event[] Events, Reply Reply)
{
    public static Confirmation Of(Payment payment, string cardName, TestCard card, DateTimeOffset now)
    {
        if (card.DeclineCode is not null)
        {
            var declined = payment with
            {
                Status = PaymentStatus.RequiresPaymentMethod, PaymentMethod = cardName, DeclineCode = card.DeclineCode,
            };
            return new(declined, StripeError.Declined(declined).Answer, now, [Event.Failed(declined, now)], card.Reply);
        }

        var charged = payment with { PaymentMethod = cardName, DeclineCode = null, Status = PaymentStatus.Succeeded };
        if (card.Processes > TimeSpan.Zero)
            charged = charged with { Status = PaymentStatus.Processing, SettlesAt = now + card.Processes };

        var readyAt = now + card.Runs;
        var answer = card.Reply == Reply.Fault
            ? StripeError.Fault(500).Answer
            : new Answer(200, charged.At(readyAt).ToJson());
        return new(charged, answer, readyAt, News(charged, card, now), card.Reply);
    }

    static Event[] News(Payment charged, TestCard card, DateTimeOffset now)
    {
        var success = Event.Succeeded(charged, now + card.Reports);
        if (card.ReportsTwice)
            return [success, success];
        // The request itself will tell it. Should that fail, it is due a little later in the ordinary way.
        if (card.Reply == Reply.AfterTheWebhook)
            return [success with { At = success.At + WebhookSender.Timeout + TimeSpan.FromSeconds(1) }];
        if (!card.ReportsOldFailure)
            return [success];

        var earlier = charged with
        {
            Status = PaymentStatus.RequiresPaymentMethod, SettlesAt = null, DeclineCode = "generic_decline",
        };
        // Old by its own date, told after the success.
        return [success, Event.Failed(earlier, now.AddSeconds(-1)) with { At = now.AddSeconds(2) }];
    }
}
