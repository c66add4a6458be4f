using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using MiStore.Contracts;

namespace MiStore.Checkout.Payments;

/// <summary>Where Stripe, or the payment sandbox that speaks its API, is to be found, and who we are to it.</summary>
public sealed record StripeOptions : IValidatableObject
{
    /// <summary>What the payment sandbox is called with: it takes every test key.</summary>
    public const string SandboxKey = "sk_test_mistore";

    public Uri BaseAddress { get; set; } = new("https://api.stripe.com");

    [Required]
    public string SecretKey { get; set; } = SandboxKey;

    /// <summary>What the provider signs its webhooks with.</summary>
    [Required]
    public string WebhookSecret { get; set; } = "";

    /// <summary>How long one call may take before its outcome counts as unknown.</summary>
    [Range(1, 100)]
    public int TimeoutSeconds { get; set; } = 5;

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (!BaseAddress.IsAbsoluteUri || BaseAddress.Scheme is not ("http" or "https"))
            yield return new("Stripe:BaseAddress must be an http or https address.");
        else if (BaseAddress is { Scheme: "http", IsLoopback: false } && !SecretKey.StartsWith("sk_test"))
            yield return new("Stripe:BaseAddress must be https: a live key never travels in the clear.");
        else if (BaseAddress.Host.EndsWith("stripe.com", StringComparison.OrdinalIgnoreCase) && SecretKey == SandboxKey)
            yield return new("Stripe:SecretKey is missing: Stripe itself needs the key of your account.");
    }
}

/// <summary>
/// Payments over Stripe's PaymentIntents API. Each answer falls into one of three: it says what happened, it says
/// that nothing can (<see cref="PaymentRequestRefused"/>), or we do not know (<see cref="PaymentOutcomeUnknown"/>).
/// </summary>
public sealed class StripePayments(HttpClient http) : IPaymentProvider
{
    public async Task<PaymentOutcome> Charge(Charge charge, CancellationToken cancellation)
    {
        var answer = await Post("v1/payment_intents", charge.IdempotencyKey,
        [
            new("amount", charge.Amount.Amount.ToString(CultureInfo.InvariantCulture)),
            new("currency", charge.Amount.Currency.ToLowerInvariant()),
            new("payment_method", charge.PaymentMethod),
            new("payment_method_types[]", "card"),
            new("confirm", "true"),
            new("capture_method", "automatic"),
            // Nobody sits in front of this call who could answer a bank's question: then it is a decline.
            new("error_on_requires_action", "true"),
            new("description", charge.OrderNumber),
            new("metadata[order_id]", charge.OrderId.ToString()),
            new("metadata[order_number]", charge.OrderNumber),
        ], cancellation);

        if (answer.Succeeded)
        {
            var intent = answer.Read(StripeJson.Default.StripeIntent);
            // A replay is the first answer, word for word. What was processing then may long be settled.
            return answer.Replayed && intent.Outcome().State == PaymentState.Processing
                ? await Find(intent.Id, cancellation) ?? intent.Outcome()
                : intent.Outcome();
        }

        if (answer.Status == HttpStatusCode.PaymentRequired)
            return answer.Error is { } declined
                ? new PaymentOutcome(declined.PaymentIntent?.Id, PaymentState.Declined, declined.Reason)
                : throw answer.Unknown();

        // Stripe repeats even its own faults under a key, for ever. So after the second time we look for the payment.
        if (answer is { Replayed: true, Status: >= HttpStatusCode.InternalServerError })
            return await FindByOrder(charge.OrderId, cancellation) ?? throw answer.Unknown();

        throw answer.Fault();
    }

    public async Task<PaymentOutcome?> Find(string paymentId, CancellationToken cancellation)
    {
        var answer = await Send(HttpMethod.Get, "v1/payment_intents/" + Uri.EscapeDataString(paymentId), null, null, cancellation);
        return answer switch
        {
            { Succeeded: true } => answer.Read(StripeJson.Default.StripeIntent).Outcome(),
            { Status: HttpStatusCode.NotFound } => null,
            _ => throw answer.Fault(),
        };
    }

    public async Task<RefundOutcome> Refund(string paymentId, Money amount, string idempotencyKey, CancellationToken cancellation)
    {
        var answer = await Post("v1/refunds", idempotencyKey,
        [
            new("payment_intent", paymentId),
            new("amount", amount.Amount.ToString(CultureInfo.InvariantCulture)),
        ], cancellation);

        if (answer is { Status: HttpStatusCode.BadRequest, Error.Code: "charge_already_refunded" })
            return new RefundOutcome(null, RefundState.Failed, answer.Error.Code);
        if (!answer.Succeeded)
            throw answer.Fault();

        var refund = answer.Read(StripeJson.Default.StripeRefund);
        return refund.Status switch
        {
            "succeeded" => new(refund.Id, RefundState.Succeeded, null),
            "failed" or "canceled" => new(refund.Id, RefundState.Failed, refund.FailureReason ?? refund.Status),
            _ => new(refund.Id, RefundState.Pending, null),
        };
    }

    public async Task<PaymentOutcome> Cancel(string paymentId, CancellationToken cancellation)
    {
        var answer = await Post($"v1/payment_intents/{Uri.EscapeDataString(paymentId)}/cancel", null, [], cancellation);
        if (answer.Succeeded)
            return answer.Read(StripeJson.Default.StripeIntent).Outcome();

        // Finished, one way or another, before we came: the refusal says how.
        if (answer.Error?.Code == "payment_intent_unexpected_state")
            return answer.Error.PaymentIntent?.Outcome() ?? await Find(paymentId, cancellation) ?? throw answer.Fault();

        throw answer.Fault();
    }

    /// <summary>Only the sandbox has such a call; a merchant of Stripe's would download a report.</summary>
    public async Task<IReadOnlyList<BookEntry>?> ReadBook(CancellationToken cancellation)
    {
        var book = new List<BookEntry>();
        while (true)
        {
            var after = book.Count == 0 ? "" : "?after=" + Uri.EscapeDataString(book[^1].PaymentId);
            var answer = await Send(HttpMethod.Get, "v1/book" + after, null, null, cancellation);
            if (answer.Status == HttpStatusCode.NotFound)
                return null;
            if (!answer.Succeeded)
                throw answer.Fault();

            var page = answer.Read(StripeJson.Default.StripeBook);
            book.AddRange(page.Data.Select(row => new BookEntry(
                row.Id, Guid.TryParse(row.OrderId, out var order) ? order : null, row.Currency.ToUpperInvariant(), row.Captured, row.Refunded)));
            if (!page.HasMore)
                return book;
        }
    }

    /// <summary>Stripe's search lags behind its book by up to a minute: nothing found means nothing known.</summary>
    async Task<PaymentOutcome?> FindByOrder(Guid orderId, CancellationToken cancellation)
    {
        var query = Uri.EscapeDataString($"metadata['order_id']:'{orderId}'");
        var answer = await Send(HttpMethod.Get, "v1/payment_intents/search?query=" + query, null, null, cancellation);
        if (!answer.Succeeded)
            throw answer.Fault();

        var outcomes = answer.Read(StripeJson.Default.StripeFound).Data.ConvertAll(intent => intent.Outcome());
        return outcomes.Find(outcome => outcome.State == PaymentState.Succeeded) ?? outcomes.FirstOrDefault();
    }

    Task<Answer> Post(string path, string? idempotencyKey, KeyValuePair<string, string>[] form, CancellationToken cancellation) =>
        Send(HttpMethod.Post, path, idempotencyKey, new FormUrlEncodedContent(form), cancellation);

    async Task<Answer> Send(
        HttpMethod method, string path, string? idempotencyKey, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);

        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            var replayed = response.Headers.TryGetValues("Idempotent-Replayed", out var values) && values.Contains("true");
            return new Answer(response.StatusCode, body, replayed);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || exception is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new PaymentOutcomeUnknown("The payment provider did not answer.", exception);
        }
    }

    sealed class Answer(HttpStatusCode status, byte[] body, bool replayed)
    {
        public HttpStatusCode Status => status;
        public bool Replayed => replayed;
        public bool Succeeded => (int)status is >= 200 and < 300;
        public StripeError? Error { get; } = (int)status >= 400 ? ErrorIn(body) : null;

        /// <summary>An answer that cannot be read is one that was not heard.</summary>
        public T Read<T>(JsonTypeInfo<T> type)
        {
            try
            {
                return JsonSerializer.Deserialize(body, type) ?? throw Unknown();
            }
            catch (JsonException exception)
            {
                throw new PaymentOutcomeUnknown("The payment provider's answer cannot be read.", exception);
            }
        }

        /// <summary>Theirs, or for the moment: unknown. Ours, and the same every time: refused.</summary>
        public Exception Fault() => status switch
        {
            // The key was used for something else. What that was, and whether it took money, this answer does not say.
            _ when Error?.Type == "idempotency_error" => Unknown(),
            >= HttpStatusCode.InternalServerError or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests
                or HttpStatusCode.RequestTimeout or HttpStatusCode.FailedDependency => Unknown(),
            >= HttpStatusCode.BadRequest =>
                new PaymentRequestRefused((int)status, Error?.Code ?? Error?.Type, Error?.Message ?? "No reason given."),
            _ => Unknown(),
        };

        public PaymentOutcomeUnknown Unknown() =>
            new($"The payment provider answered {(int)status} {Error?.Code ?? Error?.Type}".TrimEnd() + ".");

        static StripeError? ErrorIn(byte[] body)
        {
            try
            {
                return JsonSerializer.Deserialize(body, StripeJson.Default.StripeFailure)?.Error;
            }
            catch (JsonException)
            {
                // A proxy's page, perhaps. The status has to do.
                return null;
            }
        }
    }
}

public static class StripePaymentsRegistration
{
    /// <summary>Payments over Stripe's API, from the settings under <c>Stripe</c>, checked when the service starts.</summary>
    public static void AddStripePayments(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StripeOptions>().BindConfiguration("Stripe").ValidateDataAnnotations().ValidateOnStart();
        builder.Services
            .AddHttpClient<IPaymentProvider, StripePayments>((services, client) =>
            {
                var options = services.GetRequiredService<IOptions<StripeOptions>>().Value;
                client.BaseAddress = options.BaseAddress;
                client.Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
                client.MaxResponseContentBufferSize = 1024 * 1024;
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.SecretKey);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // One pool for the life of the service; a connection is renewed so that a moved address is noticed.
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                ConnectTimeout = TimeSpan.FromSeconds(2),
                AllowAutoRedirect = false,
                UseCookies = false,
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
    }
}
