using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace MiStore.ServiceDefaults;

/// <summary>
/// Refusals as RFC 9457 problem details. Each has a code that clients may rely on for ever: bare in the member
/// <c>code</c>, and as <c>urn:mistore:code</c> in <c>type</c>. One that a shopper can meet says in <c>message</c> what to tell them, in
/// their language (<see cref="ProblemMessages"/>), and in <c>allowedQuantity</c> how many of the <c>sku</c> would have been taken.
/// </summary>
public static class Problems
{
    /// <summary>A refusal with its code and whatever else helps the client to go on.</summary>
    public static ProblemHttpResult Of(
        int status, string code, string title, string? detail = null, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail };
        problem.Extensions["code"] = code;
        foreach (var (name, value) in more)
            problem.Extensions[name] = value;
        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult MalformedRequest(string detail) =>
        Of(StatusCodes.Status400BadRequest, "malformed-request", "The request is not well formed.", detail);

    public static ProblemHttpResult UnknownMarket(string market) =>
        Of(StatusCodes.Status404NotFound, "unknown-market", "There is no such market.", $"We do not know the market '{market}'.");

    /// <summary>Gives every problem a code and a type, also those that the framework makes.</summary>
    internal static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var code = problem.Extensions.TryGetValue("code", out var given) && given is string known
            ? known
            : CodeOf(problem.Status ?? context.HttpContext.Response.StatusCode);
        problem.Extensions["code"] = code;
        problem.Type = "urn:mistore:" + code;
        if (ProblemMessages.Of(code, context.HttpContext.Request, problem.Extensions) is { } message)
            problem.Extensions["message"] = message;
        if (ProblemMessages.AllowedQuantity(code, problem.Extensions) is { } allowed)
            problem.Extensions["allowedQuantity"] = allowed;
        // Who reads only headers is told when to come back, too.
        if (problem.Extensions.TryGetValue("retryAfterSeconds", out var seconds))
            context.HttpContext.Response.Headers.RetryAfter = Convert.ToString(seconds, CultureInfo.InvariantCulture);
    }

    static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "malformed-request",
        StatusCodes.Status401Unauthorized => "unauthorized",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status408RequestTimeout => "request-timeout",
        StatusCodes.Status413PayloadTooLarge => "request-too-large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
        StatusCodes.Status429TooManyRequests => "too-many-requests",
        >= 400 and < 500 => "malformed-request",
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout => "service-unavailable",
        _ => "internal-error",
    };
}
