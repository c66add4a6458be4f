using System.Text.Json;
using MiStore.Contracts;

namespace MiStore.Checkout.Payments;

/// <summary>
/// News from the payment provider about one of our orders. It may come twice, late, out of order, or before the
/// answer to the call that caused it: a success is final, and a decline that comes after one is old news.
/// </summary>
/// <param name="EventId">The same news keeps its id when it is sent again.</param>
/// <param name="Type"><c>payment_intent.succeeded</c>, <c>payment_intent.payment_failed</c> or <c>charge.refunded</c>.</param>
/// <param name="Outcome">The payment as it stood when the event was made, not as it stands now.</param>
/// <param name="Refunded">All that was given back so far; null where the event is not about a refund.</param>
public sealed record PaymentWebhook(string EventId, string Type, Guid OrderId, PaymentOutcome Outcome, Money? Refunded)
{
    public const string Succeeded = "payment_intent.succeeded";
    public const string Failed = "payment_intent.payment_failed";
    public const string ChargeRefunded = "charge.refunded";

    /// <summary>
    /// Reads a webhook's body. Null for news that is nothing to us: another type of event, or a payment that carries
    /// no order of ours. Check the signature first.
    /// </summary>
    /// <exception cref="JsonException">The body is not an event.</exception>
    public static PaymentWebhook? Parse(ReadOnlySpan<byte> body)
    {
        // Only the type decides how the rest is read: an event of another type may look like anything.
        var reader = new Utf8JsonReader(body);
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            throw new JsonException("An event has a type.");
        if (type.GetString() is not (Succeeded or Failed or ChargeRefunded))
            return null;

        var news = root.Deserialize(StripeJson.Default.StripeEvent)!;
        var about = news.Data.Object;
        if (about.Metadata?.GetValueOrDefault("order_id") is not { } order || !Guid.TryParse(order, out var orderId))
            return null;

        return news.Type switch
        {
            Succeeded => new(news.Id, news.Type, orderId, new(about.Id, PaymentState.Succeeded, null), null),
            Failed => new(
                news.Id, news.Type, orderId, new(about.Id, PaymentState.Declined, about.LastPaymentError?.Reason), null),
            _ when about is { PaymentIntent: { } payment, AmountRefunded: { } refunded, Currency: { } currency } => new(
                news.Id, news.Type, orderId, new(payment, PaymentState.Succeeded, null),
                new Money(refunded, currency.ToUpperInvariant())),
            _ => null,
        };
    }
}
