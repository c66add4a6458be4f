using MiStore.PaymentSandbox.Book;
using MiStore.PaymentSandbox.Http;
using MiStore.PaymentSandbox.Payments;
using MiStore.PaymentSandbox.Webhooks;

namespace MiStore.PaymentSandbox.Refunds;

/// <summary>Gives money back: a part, or all that is left. Never more than was taken, and once for one key.</summary>
public static class CreateRefund
{
    public static void MapCreateRefund(this RouteGroupBuilder refunds) =>
        refunds.MapPost("", Handle).WithName(nameof(CreateRefund));

    static async Task Handle(HttpContext http, PaymentBook book, WebhookSender webhooks, TimeProvider clock)
    {
        var form = await Parameters.OfForm(http.Request);
        var key = RequestKey.Of(http.Request, form);
        var now = clock.GetUtcNow();

        var paymentId = form.Text("payment_intent") ?? throw StripeError.Missing("payment_intent");
        var amount = form.Integer("amount", 1, Payment.MaxAmount);
        var reason = form.Text("reason");
        if (reason is not (null or "duplicate" or "fraudulent" or "requested_by_customer"))
            throw StripeError.Invalid("reason", $"Invalid reason: {reason}");
        var metadata = form.Metadata();
        form.NothingElse();

        Answer? answer = null;
        var earlier = await book.Change(key, paymentId, "payment_intent", payment =>
        {
            var (after, given) = payment.Refund(amount);
            var refund = Refund.Of(payment, given, reason, metadata, now);
            answer = new Answer(200, refund.ToJson());
            return new Change(after, answer, now, [Event.Refunded(after, now)], refund);
        }, now, CancellationToken.None);

        if (earlier is null)
            webhooks.Wake();
        await (earlier?.To(key, now) ?? answer!).Write(http, replayed: earlier is not null);
    }
}
