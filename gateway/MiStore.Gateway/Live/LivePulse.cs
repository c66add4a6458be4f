using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace MiStore.Gateway.Live;

/// <summary>
/// Tells followers of news when it comes, and of what the clock alone changes at its instant. One loop for everything,
/// so that a market's state needs no locks.
/// </summary>
sealed class LivePulse(LiveMarkets markets, TimeProvider clock, IOptions<LiveOptions> options, ILogger<LivePulse> log) : BackgroundService
{
    // A pause of a market is one message for each SKU: whatever comes within this is told together, in one write a follower.
    static readonly TimeSpan Together = TimeSpan.FromMilliseconds(20);

    // Our clock may be one that jumps.
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var beaten = Stopwatch.GetTimestamp();
        var news = markets.WaitForNews(stopping).AsTask();
        while (!stopping.IsCancellationRequested)
        {
            await Task.WhenAny(news, Task.Delay(UntilNextBoundary(), stopping));
            try
            {
                if (news.IsCompletedSuccessfully)
                {
                    await Task.Delay(Together, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    markets.Digest();
                    news = markets.WaitForNews(stopping).AsTask();
                }

                Tell(ref beaten);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                // News that cannot be digested must not close the door behind which everybody buys.
                log.LogError(fault, "Live updates left something out");
            }
        }
    }

    void Tell(ref long beaten)
    {
        var now = clock.GetUtcNow();
        foreach (var market in markets.All)
            market.Tell(now);

        if (Stopwatch.GetElapsedTime(beaten) < TimeSpan.FromSeconds(options.Value.HeartbeatSeconds))
            return;
        beaten = Stopwatch.GetTimestamp();
        foreach (var market in markets.All)
            market.Beat();
    }

    TimeSpan UntilNextBoundary()
    {
        var next = markets.All.Min(market => market.NextBoundary) - clock.GetUtcNow() ?? LongestPause;
        return next > LongestPause ? LongestPause : next < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : next;
    }
}
