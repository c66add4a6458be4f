using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;

namespace MiStore.Gateway.Live;

/// <summary>
/// One market as its followers see it. News is kept as it comes, in any order; telling looks at the clock, compares with
/// what was told last, and makes one frame of all that is different, for all followers. Only <see cref="LivePulse"/>
/// keeps and tells; <see cref="Now"/> may be read by anybody.
/// </summary>
public sealed class LiveMarket(string code, LiveFrames frames)
{
    // Another process counts from another beginning: whoever comes back with its ids is told everything.
    static readonly string Process = Guid.NewGuid().ToString("n")[..8];

    readonly Broadcast broadcast = new();
    readonly Dictionary<string, OfferPublished> offers = [];
    readonly Dictionary<string, AvailabilityChanged> stocks = [];
    readonly Dictionary<string, Told> told = [];
    readonly HashSet<string> touched = [];
    MarketChanged? market;
    DateTimeOffset? nextBoundary;
    long number;
    volatile Present? now;

    /// <summary>What has been told, and the place in the line from which to go on.</summary>
    /// <param name="Offers">The last frame of each SKU, in the order in which they were made.</param>
    public sealed record Present(MarketPhase Phase, IReadOnlyList<Told> Offers, Broadcast.Place Place);

    public sealed record Told(long Number, LiveOffer Offer, byte[] Frame);

    public string Code => code;

    /// <summary>Null as long as nobody has told us of the market itself.</summary>
    public Present? Now => now;

    /// <summary>Two-letter codes, the market's own first; none as long as nobody has told us of it.</summary>
    public IReadOnlyList<string> Languages => market?.Languages ?? [];

    /// <summary>How many facts of Pricing's are here, as Pricing counts them.</summary>
    public int PricingFacts => offers.Count + (market is null ? 0 : 1);

    /// <summary>How many facts of Checkout's are here, as Checkout counts them.</summary>
    public int CheckoutFacts => stocks.Count;

    /// <summary>When the clock alone may next change something; null when nothing more is decided.</summary>
    public DateTimeOffset? NextBoundary => nextBoundary;

    /// <summary>The place of an event id in our count; before everything when it is not one of ours.</summary>
    public static long NumberOf(string? id) =>
        id?.Split('.') is [var process, var text] && process == Process && long.TryParse(text, out var number) ? number : 0;

    public void Keep(MarketChanged news)
    {
        if (news.Version <= market?.Version)
            return;
        market = news;
        nextBoundary = DateTimeOffset.MinValue;
    }

    public void Keep(OfferPublished news)
    {
        if (news.Version <= offers.GetValueOrDefault(news.Sku)?.Version)
            return;
        offers[news.Sku] = news;
        touched.Add(news.Sku);
    }

    public void Keep(AvailabilityChanged news)
    {
        if (news.Version <= stocks.GetValueOrDefault(news.Sku)?.Version)
            return;
        stocks[news.Sku] = news;
        touched.Add(news.Sku);
    }

    /// <summary>Tells what is different at an instant from what was told last; nothing where nothing is.</summary>
    public void Tell(DateTimeOffset at)
    {
        var isBoundary = at >= nextBoundary;
        if (market is null || !isBoundary && touched.Count == 0)
            return;

        var changes = new List<byte[]>();
        var phase = market.PhaseAt(at);
        if (phase != now?.Phase)
            changes.Add(frames.Phase(NextId(), code, phase, at));
        foreach (var sku in isBoundary ? (IEnumerable<string>)offers.Keys : touched)
            if (offers.TryGetValue(sku, out var offer)
                && LiveOffer.Of(sku, offer.At(at), stocks.GetValueOrDefault(sku), at) is var live
                && IsNews(live))
            {
                var frame = frames.Offer(NextId(), live);
                told[sku] = new Told(number, live, frame);
                changes.Add(frame);
            }

        nextBoundary = isBoundary ? Next(offers.Keys, market.NextPhaseAfter(at), at) : Next(touched, nextBoundary, at);
        touched.Clear();
        if (changes.Count > 0)
            now = new Present(phase, [.. told.Values.OrderBy(offer => offer.Number)], broadcast.Send([.. changes.SelectMany(frame => frame)]));
    }

    /// <summary>Lets every follower's connection be heard of.</summary>
    public void Beat()
    {
        if (now is { } present)
            now = present with { Place = broadcast.Send(LiveFrames.Heartbeat) };
    }

    // What was never offered is nobody's business: it may be a product that is not announced.
    bool IsNews(LiveOffer live) =>
        told.TryGetValue(live.Sku, out var before) ? before.Offer != live : live.State != LiveState.NotOffered;

    DateTimeOffset? Next(IEnumerable<string> skus, DateTimeOffset? next, DateTimeOffset at)
    {
        foreach (var sku in skus)
            foreach (var boundary in new[]
                { offers.GetValueOrDefault(sku)?.NextChangeAfter(at), stocks.GetValueOrDefault(sku)?.NextChangeAfter(at) })
                if (boundary < (next ?? DateTimeOffset.MaxValue))
                    next = boundary;
        return next;
    }

    string NextId() => $"{Process}.{++number}";
}
