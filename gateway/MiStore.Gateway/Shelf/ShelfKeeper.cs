using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace MiStore.Gateway.Shelf;

/// <summary>
/// Answers from memory, and has what is missing there asked for once, however many want it. While Catalog gives no answer, the
/// last one it gave is better than none.
/// </summary>
public sealed class ShelfKeeper(ShelfMemory memory, ShelfNews news, IOptions<ShelfOptions> options)
{
    readonly TimeSpan patience = TimeSpan.FromSeconds(options.Value.PatienceSeconds);
    readonly TimeSpan stale = TimeSpan.FromMinutes(options.Value.StaleMinutes);
    readonly ConcurrentDictionary<(string Spelling, Edition Edition), TaskCompletionSource<KeptAnswer?>> underway = new();

    /// <summary>
    /// What is kept under exactly these words, before anything else is done for the request: it was put there by one that went
    /// all the way, and an entry's name is no name of anything else.
    /// </summary>
    public Task HandleKnown(HttpContext http, RequestDelegate next) =>
        (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        && http.Request.Headers.Authorization.Count == 0
        && memory.Find(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget) is { } kept
        && kept.IsFresh(news, Environment.TickCount64)
            ? kept.Send(http, news)
            : next(http);

    public async Task Handle(HttpContext http, RequestDelegate next)
    {
        if (ShelfRequest.Of(http) is not { } request)
        {
            await next(http);
            return;
        }

        // A client cannot ask to hear nothing (only-if-cached) or to pass the memory by.
        http.Request.Headers.CacheControl = default;

        while (true)
        {
            var edition = news.Edition(request.Market);
            if (FindFresh(request) is { } kept)
            {
                await kept.Send(http, news);
                return;
            }

            var mine = new TaskCompletionSource<KeptAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var first = underway.GetOrAdd((request.Spelling, edition), mine);
            if (first == mine)
            {
                await AskForAll(http, next, request, edition, mine);
                return;
            }

            try
            {
                // Not for everybody, or a failure: then each asks for itself.
                await (await first.Task.WaitAsync(patience, http.RequestAborted) is { } answer ? answer.Send(http, news) : Ask(http, next, request, edition));
                return;
            }
            catch (TimeoutException)
            {
                await (FindStale(request) is { } old ? old.Send(http, news) : Ask(http, next, request, edition));
                return;
            }
            catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
            {
                // Whoever asked for us has gone; somebody else does.
            }
        }
    }

    async Task AskForAll(
        HttpContext http, RequestDelegate next, ShelfRequest request, Edition edition, TaskCompletionSource<KeptAnswer?> waiting)
    {
        KeptAnswer? answer = null;
        try
        {
            // Kept between our look and our place at the head of the queue.
            answer = FindFresh(request);
            await (answer is not null ? answer.Send(http, news) : Ask(http, next, request, edition, kept =>
            {
                answer = kept;
                End();
            }));
        }
        finally
        {
            End();
        }

        void End()
        {
            underway.TryRemove(new((request.Spelling, edition), waiting));
            if (answer is null && http.RequestAborted.IsCancellationRequested)
                waiting.TrySetCanceled(CancellationToken.None);
            else
                waiting.TrySetResult(answer);
        }
    }

    async Task Ask(HttpContext http, RequestDelegate next, ShelfRequest request, Edition edition, Action<KeptAnswer>? onAnswer = null)
    {
        var started = Stopwatch.GetTimestamp();
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var held = new HeldBody(body.Stream);
        http.Response.Body = held;
        try
        {
            await next(http);
        }
        finally
        {
            http.Features.Set(body);
        }

        if (held.IsThrough || http.Response.HasStarted)
            return;

        var answer = ToKeep(http.Response, request, edition, Stopwatch.GetElapsedTime(started), held);
        if (answer is not null)
            memory.Keep(request.Spelling, answer);
        else if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError && FindStale(request) is { } old)
        {
            http.Response.Clear();
            answer = old;
        }

        if (answer is not null)
        {
            onAnswer?.Invoke(answer);
            await answer.Send(http, news);
        }
        else
        {
            held.Position = 0;
            await held.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    }

    KeptAnswer? ToKeep(HttpResponse response, ShelfRequest request, Edition edition, TimeSpan took, HeldBody body)
    {
        var isForEverybody = response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0 && response.Headers.Vary.Count == 0;
        var lifetime = ShelfLife.Lifetime(response.HttpContext.Features.Get<SharedAge>()?.Value, took, news.IsListening);
        if (!isForEverybody || lifetime <= TimeSpan.Zero || response.HttpContext.GetForwarderErrorFeature() is not null)
            return null;

        var now = Environment.TickCount64;
        return new KeptAnswer(request.Market, edition, now, now + (long)lifetime.TotalMilliseconds, response.Headers, body.ToArray());
    }

    KeptAnswer? FindFresh(ShelfRequest request) =>
        memory.Find(request.Spelling) is { } kept && kept.IsFresh(news, Environment.TickCount64) ? kept : null;

    KeptAnswer? FindStale(ShelfRequest request) =>
        memory.Find(request.Spelling) is { } kept && kept.IsYoungerThan(stale, Environment.TickCount64) ? kept : null;
}
