using System.Text;

namespace MiStore.PaymentSandbox.Http;

/// <summary>What a request is answered with: kept under its key, so that a repetition hears the same word for word.</summary>
/// <param name="Body">JSON.</param>
public sealed record Answer(int Status, string Body)
{
    public Task Write(HttpContext http, bool replayed = false)
    {
        var response = http.Response;
        if (replayed)
            response.Headers["Idempotent-Replayed"] = "true";
        if (Status is 409 or 503)
            response.Headers.RetryAfter = "1";

        var bytes = Encoding.UTF8.GetBytes(Body);
        response.StatusCode = Status;
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
