using System.Buffers;
using Microsoft.Extensions.Options;
using MiStore.Gateway.Edge;
using MiStore.Gateway.Load;
using MiStore.ServiceDefaults;

namespace MiStore.Gateway.Live;

/// <summary>
/// A page stays up to date by itself: our clock, the market's phase, and state and remaining units of every SKU, now and at
/// each change. Server-sent events, which a browser's EventSource follows and comes back to by itself.
/// </summary>
public static class FollowMarket
{
    public static void MapFollowMarket(this WebApplication app) => app
        .MapGet("/api/markets/{market}/live", Handle)
        .WithName(nameof(FollowMarket))
        .WithTags("Markets")
        .WithSummary("Follow a market: server-sent events for its phase and for what can be bought")
        .WithDescription(
            """
            Events: `time` {"serverTime"}, once at the start; `phase` {"market","phase","serverTime"}; `offer`
            {"sku","state","remaining","availableFrom"}, in the words of a product's offer. First the present state of everything, then
            each change. `Last-Event-ID` brings only what was missed. Where there is no stream (503 busy, or a browser without
            EventSource), ask for the listing again after the seconds in `Poll-After`. 404 unknown-market.
            """)
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<IResult> Handle(
        string market, HttpContext http, LiveMarkets live, LiveFrames frames, LiveStreams streams,
        TimeProvider clock, IOptions<LiveOptions> options, IHostApplicationLifetime host)
    {
        var pollAfter = options.Value.PollAfterSeconds + Random.Shared.Next(options.Value.PollAfterSeconds + 1);
        http.Response.Headers["Poll-After"] = $"{pollAfter}";
        if (live.Find(market) is not { } present)
            return live.IsReady ? Problems.UnknownMarket(market) : NotYet(http, pollAfter, "service-unavailable", "We do not know yet. Please try again.");
        if (!live.IsReady)
            return NotYet(http, pollAfter, "service-unavailable", "We do not know everything yet. Please try again.");
        var client = Client.Of(http.ClientAddress());
        if (!streams.TryOpen(client))
            return NotYet(http, pollAfter, "busy", "As many are following as we can serve. Please poll instead.");

        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep the events to itself
            if (http.Features.Get<HeadOnly>() is null)
                await Stream(present);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page is closed, or we are.
        }
        catch (TimeoutException)
        {
            http.Abort();
        }
        finally
        {
            streams.Close(client);
        }

        return Results.Empty;

        async Task Stream(LiveMarket.Present present)
        {
            var body = http.Response.BodyWriter;
            var now = clock.GetUtcNow();
            // All who lose us at once do not all come back at once.
            body.Write(frames.Time(now, TimeSpan.FromMilliseconds(Random.Shared.Next(1000, 4000))));
            body.Write(frames.Phase(null, market, present.Phase, now));
            var known = LiveMarket.NumberOf(http.Request.Headers["Last-Event-ID"]);
            foreach (var offer in present.Offers.Where(offer => offer.Number > known))
                body.Write(offer.Frame);

            var patience = TimeSpan.FromSeconds(options.Value.PatienceSeconds);
            var place = present.Place;
            while (true)
            {
                var flush = body.FlushAsync(gone.Token);
                if (!flush.IsCompletedSuccessfully)
                    await flush.AsTask().WaitAsync(patience, gone.Token);

                // Whatever has come while we were busy goes out in one.
                for (place = await place.Next.WaitAsync(gone.Token); ; place = place.Next.Result)
                {
                    body.Write(place.Frame);
                    if (!place.Next.IsCompleted)
                        break;
                }
            }
        }
    }

    static IResult NotYet(HttpContext http, int pollAfter, string code, string title)
    {
        http.Response.Headers.RetryAfter = $"{pollAfter}";
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, code, title);
    }
}
