using System.Text.Json;
using MiStore.PaymentSandbox.Http;
using MiStore.PaymentSandbox.Payments;

namespace MiStore.PaymentSandbox.Webhooks;

/// <summary>News for the merchant, and from when on to tell it.</summary>
/// <param name="Body">Stripe's event object, with the payment as it stands when the news is true.</param>
public sealed record Event(string Id, string Type, string Body, DateTimeOffset At)
{
    public static Event Succeeded(Payment payment, DateTimeOffset at) =>
        Of("payment_intent.succeeded", at, payment.Settled().WriteTo);

    public static Event Failed(Payment payment, DateTimeOffset at) =>
        Of("payment_intent.payment_failed", at, payment.WriteTo);

    public static Event Refunded(Payment payment, DateTimeOffset at) =>
        Of("charge.refunded", at, payment.WriteChargeTo);

    static Event Of(string type, DateTimeOffset at, Action<Utf8JsonWriter> about)
    {
        var id = "evt_" + Guid.CreateVersion7(at).ToString("n");
        return new Event(id, type, Json.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteString("object", "event");
            writer.WriteString("api_version", "2024-06-20");
            writer.WriteNumber("created", at.ToUnixTimeSeconds());
            writer.WriteStartObject("data");
            writer.WritePropertyName("object");
            about(writer);
            writer.WriteEndObject();
            writer.WriteBoolean("livemode", false);
            writer.WriteNumber("pending_webhooks", 1);
            writer.WriteNull("request");
            writer.WriteString("type", type);
            writer.WriteEndObject();
        }), at);
    }
}
