using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MiStore.ServiceDefaults;

/// <summary>
/// Turns what was thrown into an honest answer: a request that cannot be read is the client's (400, 413, 415), a
/// database or cache that does not answer is ours for the moment (503), anything else is ours for longer (500).
/// </summary>
sealed class FaultHandler(IProblemDetailsService problems, ILogger<FaultHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellation)
    {
        if (http.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
            return true;

        var problem = exception switch
        {
            BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode, Title = TitleOf(bad) },
            // Text that JSON allows and PostgreSQL does not: the character U+0000.
            PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter } =>
                new ProblemDetails { Status = StatusCodes.Status400BadRequest, Title = "The request is not well formed." },
            _ when Dependencies.IsAway(exception) => new ProblemDetails
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Title = "Something we depend on does not answer. Nothing was changed; please try again.",
            },
            _ => new ProblemDetails { Status = StatusCodes.Status500InternalServerError, Title = "Something went wrong on our side." },
        };

        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "2";
            log.LogWarning("503 for {Method} {Path}: {Cause}", http.Request.Method, http.Request.Path, exception.Message);
        }
        else if (problem.Status >= 500)
        {
            log.LogError(exception, "500 for {Method} {Path}", http.Request.Method, http.Request.Path);
        }

        http.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem });
    }

    static string TitleOf(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => "The request body is too large.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be application/json.",
        _ => "The request is not well formed.",
    };
}
