using Microsoft.Extensions.Options;
using MiStore.PaymentSandbox.Book;
using MiStore.PaymentSandbox.Cards;
using MiStore.PaymentSandbox.Http;

namespace MiStore.PaymentSandbox.Payments;

/// <summary>Opens a payment, and with <c>confirm=true</c> charges the card at once.</summary>
public static class CreatePayment
{
    public static void MapCreatePayment(this RouteGroupBuilder payments) =>
        payments.MapPost("", Handle).WithName(nameof(CreatePayment));

    static async Task Handle(
        HttpContext http, PaymentBook book, Confirming confirming, IOptions<SandboxOptions> options, TimeProvider clock)
    {
        var form = await Parameters.OfForm(http.Request);
        var key = RequestKey.Of(http.Request, form);
        var now = clock.GetUtcNow();

        var amount = form.Integer("amount", 1, Payment.MaxAmount) ?? throw StripeError.Missing("amount");
        var currency = Currency(form);
        var cardName = form.Text("payment_method", 255);
        var card = cardName is null ? null : TestCard.Find(cardName, options.Value.Late)
            ?? throw StripeError.NoSuch("PaymentMethod", cardName, "payment_method", 400);
        var confirm = form.Flag("confirm");
        if (form.Text("capture_method") is { } capture and not ("automatic" or "automatic_async"))
            throw StripeError.Invalid("capture_method", $"This sandbox captures automatically, not '{capture}'.");
        var payment = new Payment(
            "pi_" + Guid.CreateVersion7(now).ToString("n"), amount, currency, cardName,
            form.Text("description"), form.Metadata(),
            card is null ? PaymentStatus.RequiresPaymentMethod : PaymentStatus.RequiresConfirmation,
            SettlesAt: null, DeclineCode: null, Refunded: 0, CreatedAt: now, CanceledAt: null);
        form.Ignore(
            "payment_method_types", "automatic_payment_methods", "error_on_requires_action", "off_session", "return_url",
            "receipt_email");
        form.NothingElse();

        if (!confirm)
        {
            var opened = new Answer(200, payment.ToJson());
            var earlier = await book.Open(key, payment, opened, now, [], now, CancellationToken.None);
            await (earlier?.To(key, now) ?? opened).Write(http, replayed: earlier is not null);
            return;
        }

        if (card is null)
            throw StripeError.NoCard();

        var confirmation = Confirmation.Of(payment, cardName!, card, now);
        // Not the client's token: a client that hangs up does not undo its payment.
        var before = await book.Open(
            key, confirmation.Payment, confirmation.Answer, confirmation.ReadyAt, confirmation.Events, now,
            CancellationToken.None);
        if (before is not null)
            await before.To(key, clock.GetUtcNow()).Write(http, replayed: true);
        else
            await confirming.Reply(http, confirmation);
    }

    static string Currency(Parameters form) => form.Text("currency") switch
    {
        null => throw StripeError.Missing("currency"),
        { Length: 3 } code when code.All(char.IsAsciiLetter) => code.ToLowerInvariant(),
        var code => throw StripeError.Invalid("currency", $"Invalid currency: {code}"),
    };
}
