using System.Text.Json.Serialization;

namespace MiStore.Checkout.Payments;

// The few fields of Stripe's objects that we read, under Stripe's names. Those with a default may be missing.

sealed record StripeIntent(string Id, string Status, StripeError? LastPaymentError = null)
{
    public PaymentOutcome Outcome() => Status switch
    {
        "succeeded" => new(Id, PaymentState.Succeeded, null),
        "canceled" => new(Id, PaymentState.Cancelled, null),
        // Stripe leaves a declined payment open for another card. One charge of ours has one card.
        "requires_payment_method" => new(Id, PaymentState.Declined, LastPaymentError?.Reason),
        _ => new(Id, PaymentState.Processing, null),
    };
}

sealed record StripeError(
    string? Type = null, string? Code = null, string? DeclineCode = null, string? Message = null,
    StripeIntent? PaymentIntent = null)
{
    [JsonIgnore]
    public string? Reason => DeclineCode ?? Code;
}

sealed record StripeFailure(StripeError? Error = null);

sealed record StripeRefund(string Id, string? Status = null, string? FailureReason = null);

sealed record StripeFound(List<StripeIntent> Data);

sealed record StripeBook(List<StripeBookRow> Data, bool HasMore);

sealed record StripeBookRow(string Id, string Currency, long Captured, long Refunded, string? OrderId = null);

sealed record StripeEvent(string Id, string Type, StripeEventData Data);

sealed record StripeEventData(StripeEventObject Object);

/// <summary>A PaymentIntent or a Charge: which of the two follows from the event's type.</summary>
sealed record StripeEventObject(
    string Id, string? Status = null, string? Currency = null, string? PaymentIntent = null, long? AmountRefunded = null,
    StripeError? LastPaymentError = null, Dictionary<string, string>? Metadata = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StripeIntent))]
[JsonSerializable(typeof(StripeFailure))]
[JsonSerializable(typeof(StripeRefund))]
[JsonSerializable(typeof(StripeFound))]
[JsonSerializable(typeof(StripeBook))]
[JsonSerializable(typeof(StripeEvent))]
sealed partial class StripeJson : JsonSerializerContext;
