using System.Net.Sockets;
using Npgsql;

namespace MiStore.PaymentSandbox.Http;

/// <summary>What holds for every call under /v1: a secret key, and refusals in Stripe's shape.</summary>
static class StripeManners
{
    public static async ValueTask<object?> Apply(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            // A test store has no secrets of its own: any test key opens it, and no live key must ever come here.
            if (!http.Request.Headers.Authorization.ToString().StartsWith("Bearer sk_test", StringComparison.Ordinal))
                throw StripeError.Unauthorized();
            return await next(context);
        }
        catch (Exception exception) when (!http.Response.HasStarted && Refusal(exception, http) is { } refusal)
        {
            await refusal.Answer.Write(http);
            return Results.Empty;
        }
    }

    static StripeError? Refusal(Exception exception, HttpContext http)
    {
        switch (exception)
        {
            case StripeError refusal:
                return refusal;
            case BadHttpRequestException bad:
                return new StripeError(bad.StatusCode, StripeError.InvalidRequest, null, "The request cannot be read.");
            case OperationCanceledException or IOException when http.RequestAborted.IsCancellationRequested:
                return null;
        }

        var unavailable = exception is TimeoutException or SocketException
            or NpgsqlException and not PostgresException
            or PostgresException { SqlState: ['5', '3' or '7' or '8', ..] } or PostgresException { IsTransient: true };
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("MiStore.PaymentSandbox");
        if (unavailable)
            log.LogWarning("503 for {Method} {Path}: {Cause}", http.Request.Method, http.Request.Path, exception.Message);
        else
            log.LogError(exception, "500 for {Method} {Path}", http.Request.Method, http.Request.Path);
        return StripeError.Fault(unavailable ? 503 : 500);
    }
}
