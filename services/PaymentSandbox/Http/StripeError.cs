using MiStore.PaymentSandbox.Payments;

namespace MiStore.PaymentSandbox.Http;

/// <summary>A refusal in the shape of Stripe's errors: <c>{"error":{"type","code","decline_code","message","param"}}</c>.</summary>
public sealed class StripeError(int status, string type, string? code, string message, string? param = null) : Exception(message)
{
    public const string InvalidRequest = "invalid_request_error";

    /// <summary>Errors about a payment carry it, as it stands.</summary>
    public Payment? Payment { get; init; }

    public string? DeclineCode { get; init; }

    public Answer Answer => new(status, Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        Json.OptionalString(writer, "code", code);
        Json.OptionalString(writer, "decline_code", DeclineCode);
        writer.WriteString("message", Message);
        Json.OptionalString(writer, "param", param);
        if (Payment is not null)
        {
            writer.WritePropertyName("payment_intent");
            Payment.WriteTo(writer);
        }
        writer.WriteString("type", type);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }));

    public static StripeError Missing(string param) =>
        new(400, InvalidRequest, "parameter_missing", $"Missing required param: {param}.", param);

    public static StripeError Unknown(string param) =>
        new(400, InvalidRequest, "parameter_unknown", $"Received unknown parameter: {param}", param);

    public static StripeError Invalid(string param, string message, string? code = null) =>
        new(400, InvalidRequest, code, message, param);

    public static StripeError NoSuch(string what, string id, string param, int status = 404) =>
        new(status, InvalidRequest, "resource_missing", $"No such {what}: '{id}'", param);

    public static StripeError NoSuchUrl(string method, string path) =>
        new(404, InvalidRequest, null,
            $"Unrecognized request URL ({method}: {path}). This sandbox speaks a subset of the API; its README lists it.");

    public static StripeError Unauthorized() =>
        new(401, InvalidRequest, null, "Invalid API Key provided. Send 'Authorization: Bearer sk_test_…'.");

    public static StripeError UnexpectedState(Payment payment, string verb) => new(
        400, InvalidRequest, "payment_intent_unexpected_state",
        $"You cannot {verb} this PaymentIntent because it has a status of {Payment.NameOf(payment.Status)}.") { Payment = payment };

    public static StripeError Declined(Payment payment) => new(
        402, "card_error", Payment.DeclinedCode, Payment.DeclineMessage(payment.DeclineCode))
    {
        DeclineCode = payment.DeclineCode,
        Payment = payment,
    };

    public static StripeError KeyInUse(string key) => new(
        409, InvalidRequest, "idempotency_key_in_use",
        $"There is currently another in-progress request using this Idempotent Key: {key}. Please try again later.");

    public static StripeError KeyOfAnother(string key) => new(
        400, "idempotency_error", null,
        "Keys for idempotent requests can only be used with the same parameters they were first used with. "
        + $"Try using a key other than '{key}' if you meant to execute a different request.");

    public static StripeError Fault(int status) =>
        new(status, "api_error", null, "An error occurred on the provider's side. Ask again with the same key.");

    public static StripeError NoCard() => new(
        400, InvalidRequest, "payment_intent_unexpected_state",
        "You cannot confirm this PaymentIntent because it's missing a payment method.", "payment_method");
}
