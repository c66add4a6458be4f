namespace MiStore.PaymentSandbox.Http;

/// <summary>The name that a client gave to a request, and what the request was.</summary>
public sealed record RequestKey(string Key, byte[] Fingerprint)
{
    /// <summary>As at Stripe.</summary>
    const int MaxLength = 255;

    public static RequestKey Of(HttpRequest request, Parameters parameters)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length > MaxLength)
            throw new StripeError(
                400, StripeError.InvalidRequest, null, $"The Idempotency-Key can have up to {MaxLength} characters.");

        // Without a key a request is always a new one.
        if (key.Length == 0)
            key = "none-" + Guid.NewGuid().ToString("n");
        return new RequestKey(key, parameters.Fingerprint(request.Method, request.Path));
    }
}

/// <summary>What an earlier request under the same key was answered, or will be from <paramref name="ReadyAt"/> on.</summary>
public sealed record EarlierAnswer(byte[] Fingerprint, Answer Answer, DateTimeOffset ReadyAt)
{
    /// <summary>The same again for the same request; a refusal for another request, or while the first still runs.</summary>
    public Answer To(RequestKey request, DateTimeOffset now)
    {
        if (!Fingerprint.AsSpan().SequenceEqual(request.Fingerprint))
            throw StripeError.KeyOfAnother(request.Key);
        return now >= ReadyAt ? Answer : throw StripeError.KeyInUse(request.Key);
    }
}
