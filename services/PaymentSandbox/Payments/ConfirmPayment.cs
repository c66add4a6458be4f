using Microsoft.Extensions.Options;
using MiStore.PaymentSandbox.Book;
using MiStore.PaymentSandbox.Cards;
using MiStore.PaymentSandbox.Http;

namespace MiStore.PaymentSandbox.Payments;

/// <summary>Charges the card of a payment that is open, or another card after one was declined.</summary>
public static class ConfirmPayment
{
    public static void MapConfirmPayment(this RouteGroupBuilder payments) =>
        payments.MapPost("/{id}/confirm", Handle).WithName(nameof(ConfirmPayment));

    static async Task Handle(
        string id, HttpContext http, PaymentBook book, Confirming confirming, IOptions<SandboxOptions> options, TimeProvider clock)
    {
        var form = await Parameters.OfForm(http.Request);
        var key = RequestKey.Of(http.Request, form);
        var now = clock.GetUtcNow();

        var given = form.Text("payment_method", 255);
        form.Ignore("error_on_requires_action", "off_session", "return_url", "receipt_email");
        form.NothingElse();

        Confirmation? confirmation = null;
        var earlier = await book.Change(key, id, "intent", payment =>
        {
            if (!payment.MayBeConfirmed)
                throw StripeError.UnexpectedState(payment, "confirm");
            var waiting = payment.Status == PaymentStatus.RequiresConfirmation ? payment.PaymentMethod : null;
            var name = given ?? waiting ?? throw StripeError.NoCard();
            var card = TestCard.Find(name, options.Value.Late)
                ?? throw StripeError.NoSuch("PaymentMethod", name, "payment_method", 400);

            confirmation = Confirmation.Of(payment, name, card, now);
            return new Change(confirmation.Payment, confirmation.Answer, confirmation.ReadyAt, confirmation.Events);
        }, now, CancellationToken.None);

        if (earlier is not null)
            await earlier.To(key, clock.GetUtcNow()).Write(http, replayed: true);
        else
            await confirming.Reply(http, confirmation!);
    }
}
