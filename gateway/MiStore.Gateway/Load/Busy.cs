using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using MiStore.Gateway.Edge;
using MiStore.Gateway.Pages;
using MiStore.ServiceDefaults;
using Yarp.ReverseProxy.Model;

namespace MiStore.Gateway.Load;

/// <summary>
/// Refuses at the door what the store is too busy for: browsing first, then carts, quotes and new orders; an order that exists
/// is looked at, paid and cancelled until the last. The refusal costs next to nothing, so that there is time left to sell.
/// </summary>
public sealed class Busy(IOptions<LoadOptions> options)
{
    // Written once: a refusal is as cheap as it can be.
    static readonly FrozenDictionary<(string Language, int Seconds), byte[]> Bodies = new[] { "en", "de", "fr" }
        .SelectMany(language => Enumerable.Range(1, LongestPause).Select(seconds => (language, seconds)))
        .ToFrozenDictionary(kind => kind, kind => Body(kind.language, kind.seconds));

    const int LongestPause = 3;

    readonly AdaptiveLimit limit = new(
        TimeSpan.FromMilliseconds(options.Value.LateMilliseconds), options.Value.Least, Math.Max(options.Value.Least, options.Value.Most));

    readonly Lock answering = new();
    readonly long began = Stopwatch.GetTimestamp();
    int underway, waiting;

    /// <summary>How many requests may be under way at the moment.</summary>
    public int Limit => limit.Limit;

    public async Task Handle(HttpContext http, RequestDelegate next)
    {
        var purpose = Purposes.Of(http.Request.Method, http.Request.Path);
        if (purpose == Purpose.Always)
        {
            await next(http);
        }
        else if (purpose == Purpose.Lookup && http.Request.Headers.ContainsKey("Prefer"))
        {
            await Wait(http, next);
        }
        else if (Interlocked.Increment(ref underway) is var before && !limit.LetsIn(purpose, before - 1))
        {
            Interlocked.Decrement(ref underway);
            await Refuse(http);
        }
        else
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                await next(http);
            }
            finally
            {
                Interlocked.Decrement(ref underway);
                if (IsMeasure(http, purpose))
                    lock (answering)
                        limit.Answered(Stopwatch.GetElapsedTime(began), Stopwatch.GetElapsedTime(started), before);
            }
        }
    }

    async Task Wait(HttpContext http, RequestDelegate next)
    {
        try
        {
            await (Interlocked.Increment(ref waiting) <= options.Value.MostWaiting ? next(http) : Refuse(http));
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    // What a service did says how busy it is: but an operator's audit takes its time, and a page asks us again for its parts.
    static bool IsMeasure(HttpContext http, Purpose purpose) =>
        purpose != Purpose.Operate && http.Features.Get<IReverseProxyFeature>() is not null
        && http.Request.Path.StartsWithSegments("/api") && !http.RequestAborted.IsCancellationRequested;

    static Task Refuse(HttpContext http)
    {
        // Not all at once again.
        var seconds = Random.Shared.Next(1, LongestPause + 1);
        if (DoorPage.IsOf(http.Request.Path))
            return DoorPage.Send(http, Why.Busy, StatusCodes.Status503ServiceUnavailable, seconds);

        var body = Bodies.GetValueOrDefault((ProblemMessages.LanguageOf(http.Request), seconds)) ?? Bodies[("en", seconds)];
        var response = http.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "application/problem+json";
        response.ContentLength = body.Length;
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        SecurityHeaders.Set(response.Headers);
        return response.Body.WriteAsync(body, 0, body.Length, http.RequestAborted);
    }

    static byte[] Body(string language, int seconds) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = "urn:mistore:busy",
        title = "The store is very busy. Please try again in a moment.",
        status = StatusCodes.Status503ServiceUnavailable,
        code = "busy",
        retryAfterSeconds = seconds,
        message = ProblemMessages.In(language, "busy", new Dictionary<string, object?>()),
    });
}

/// <summary>Where the limits stand in the way of a request.</summary>
public static class Loads
{
    public static void AddLoadLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LoadOptions>().BindConfiguration("Load").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Busy>();
    }

    public static void UseLoadShedding(this WebApplication app)
    {
        var busy = app.Services.GetRequiredService<Busy>();
        app.Use(next => http => busy.Handle(http, next));
    }
}
