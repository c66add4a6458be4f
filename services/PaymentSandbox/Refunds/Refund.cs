using MiStore.PaymentSandbox.Http;
using MiStore.PaymentSandbox.Payments;

namespace MiStore.PaymentSandbox.Refunds;

/// <summary>Money given back from one payment. In this sandbox a refund succeeds at once.</summary>
/// <param name="Amount">In the smallest unit of the payment's currency.</param>
public sealed record Refund(
    string Id, string PaymentId, long Amount, string Currency, string? Reason,
    SortedDictionary<string, string> Metadata, DateTimeOffset CreatedAt)
{
    public static Refund Of(
        Payment payment, long amount, string? reason, SortedDictionary<string, string> metadata, DateTimeOffset now) =>
        new("re_" + Guid.CreateVersion7(now).ToString("n"), payment.Id, amount, payment.Currency, reason, metadata, now);

    public string ToJson() => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteString("object", "refund");
        writer.WriteNumber("amount", Amount);
        writer.WriteString("charge", "ch_" + PaymentId["pi_".Length..]);
        writer.WriteNumber("created", CreatedAt.ToUnixTimeSeconds());
        writer.WriteString("currency", Currency);
        Json.Metadata(writer, Metadata);
        writer.WriteString("payment_intent", PaymentId);
        writer.WriteString("reason", Reason);
        writer.WriteString("status", "succeeded");
        writer.WriteEndObject();
    });
}
