using System.Text.Json;
using MiStore.PaymentSandbox.Http;

namespace MiStore.PaymentSandbox.Payments;

public enum PaymentStatus
{
    RequiresPaymentMethod,
    RequiresConfirmation,
    Processing,
    Succeeded,
    Canceled,
}

/// <summary>One PaymentIntent. It takes money at most once; when and whether is decided the moment it is confirmed.</summary>
/// <param name="Id">pi_ and a UUIDv7.</param>
/// <param name="Amount">In the currency's smallest unit.</param>
/// <param name="Currency">ISO 4217, lower case.</param>
/// <param name="SettlesAt">When a payment in processing succeeds; null in every other status.</param>
/// <param name="Refunded">What has been given back, at most the amount.</param>
public sealed record Payment(
    string Id, long Amount, string Currency, string? PaymentMethod, string? Description,
    SortedDictionary<string, string> Metadata, PaymentStatus Status, DateTimeOffset? SettlesAt, string? DeclineCode,
    long Refunded, DateTimeOffset CreatedAt, DateTimeOffset? CanceledAt)
{
    /// <summary>Eight digits, as at Stripe.</summary>
    public const long MaxAmount = 99_999_999;

    public const string DeclinedCode = "card_declined";

    /// <summary>The merchant's order, where the payment carries one.</summary>
    public string? OrderId => Metadata.GetValueOrDefault("order_id");

    public string ChargeId => "ch_" + Id["pi_".Length..];

    public long Captured => Status == PaymentStatus.Succeeded ? Amount : 0;

    public bool MayBeConfirmed => Status is PaymentStatus.RequiresPaymentMethod or PaymentStatus.RequiresConfirmation;

    /// <summary>The payment as anybody who asks at that instant may see it.</summary>
    public Payment At(DateTimeOffset now) => SettlesAt <= now ? Settled() : this;

    /// <summary>The payment as it will be when nothing is open any more.</summary>
    public Payment Settled() => Status == PaymentStatus.Processing
        ? this with { Status = PaymentStatus.Succeeded, SettlesAt = null }
        : this;

    public Payment Cancel(DateTimeOffset now) => MayBeConfirmed
        ? this with { Status = PaymentStatus.Canceled, CanceledAt = now }
        : throw StripeError.UnexpectedState(this, "cancel");

    /// <summary>Gives back so much, or all that is left.</summary>
    public (Payment Payment, long Amount) Refund(long? amount)
    {
        if (Status != PaymentStatus.Succeeded)
            throw StripeError.Invalid("payment_intent", $"{Id} does not have a successful charge to refund.");

        var left = Amount - Refunded;
        if (left == 0)
            throw StripeError.Invalid(
                "payment_intent", $"Charge {ChargeId} has already been refunded.", "charge_already_refunded");
        if (amount > left)
            throw StripeError.Invalid(
                "amount", $"Refund amount ({amount}) is greater than unrefunded amount on charge ({left}).", "amount_too_large");

        return (this with { Refunded = Refunded + (amount ?? left) }, amount ?? left);
    }

    public static string NameOf(PaymentStatus status) => status switch
    {
        PaymentStatus.RequiresPaymentMethod => "requires_payment_method",
        PaymentStatus.RequiresConfirmation => "requires_confirmation",
        PaymentStatus.Processing => "processing",
        PaymentStatus.Succeeded => "succeeded",
        _ => "canceled",
    };

    public static PaymentStatus StatusOf(string name) => name switch
    {
        "requires_payment_method" => PaymentStatus.RequiresPaymentMethod,
        "requires_confirmation" => PaymentStatus.RequiresConfirmation,
        "processing" => PaymentStatus.Processing,
        "succeeded" => PaymentStatus.Succeeded,
        "canceled" => PaymentStatus.Canceled,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a status of a payment."),
    };

    public static string DeclineMessage(string? declineCode) => declineCode == "insufficient_funds"
        ? "Your card has insufficient funds."
        : "Your card was declined.";

    public string ToJson() => Json.Write(WriteTo);

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteString("object", "payment_intent");
        writer.WriteNumber("amount", Amount);
        writer.WriteNumber("amount_capturable", 0);
        writer.WriteNumber("amount_received", Captured);
        WriteInstant(writer, "canceled_at", CanceledAt);
        writer.WriteString("capture_method", "automatic");
        writer.WriteString("confirmation_method", "automatic");
        WriteInstant(writer, "created", CreatedAt);
        writer.WriteString("currency", Currency);
        writer.WriteString("description", Description);
        if (DeclineCode is null)
        {
            writer.WriteNull("last_payment_error");
        }
        else
        {
            writer.WriteStartObject("last_payment_error");
            writer.WriteString("charge", ChargeId);
            writer.WriteString("code", DeclinedCode);
            writer.WriteString("decline_code", DeclineCode);
            writer.WriteString("message", DeclineMessage(DeclineCode));
            writer.WriteString("type", "card_error");
            writer.WriteEndObject();
        }
        var attempted = Status is PaymentStatus.Processing or PaymentStatus.Succeeded || DeclineCode is not null;
        writer.WriteString("latest_charge", attempted ? ChargeId : null);
        writer.WriteBoolean("livemode", false);
        Json.Metadata(writer, Metadata);
        writer.WriteNull("next_action");
        // A declined card is taken off the payment, which waits for another one.
        writer.WriteString("payment_method", Status == PaymentStatus.RequiresPaymentMethod ? null : PaymentMethod);
        writer.WriteStartArray("payment_method_types");
        writer.WriteStringValue("card");
        writer.WriteEndArray();
        writer.WriteString("status", NameOf(Status));
        writer.WriteEndObject();
    }

    /// <summary>The payment's money as Stripe's Charge object, which is what news of a refund carries.</summary>
    public void WriteChargeTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", ChargeId);
        writer.WriteString("object", "charge");
        writer.WriteNumber("amount", Amount);
        writer.WriteNumber("amount_captured", Captured);
        writer.WriteNumber("amount_refunded", Refunded);
        writer.WriteBoolean("captured", Captured > 0);
        WriteInstant(writer, "created", CreatedAt);
        writer.WriteString("currency", Currency);
        writer.WriteBoolean("livemode", false);
        Json.Metadata(writer, Metadata);
        writer.WriteBoolean("paid", Captured > 0);
        writer.WriteString("payment_intent", Id);
        writer.WriteBoolean("refunded", Refunded == Amount);
        writer.WriteString("status", "succeeded");
        writer.WriteEndObject();
    }

    static void WriteInstant(Utf8JsonWriter writer, string name, DateTimeOffset? instant)
    {
        if (instant is { } known)
            writer.WriteNumber(name, known.ToUnixTimeSeconds());
        else
            writer.WriteNull(name);
    }
}
