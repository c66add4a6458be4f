using System.Collections.Concurrent;
using System.Threading.Channels;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;
using MiStore.Messaging.Replays;

namespace MiStore.Gateway.Live;

/// <summary>
/// Every market that we were told of, in memory: at the start, and after each gap in which the broker was away, everything
/// is asked for again.
/// </summary>
public sealed class LiveMarkets(LiveFrames frames) : ICopies
{
    const string Pricing = "pricing", Checkout = "checkout";

    readonly ConcurrentDictionary<string, LiveMarket> markets = new();
    readonly ConcurrentDictionary<string, long> facts = new();
    readonly ConcurrentDictionary<string, long> told = new();
    readonly Channel<object> news = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    volatile bool isReady;

    /// <summary>Whether everything has been here once. Before that a market may only look as if it sold nothing.</summary>
    public bool IsReady => isReady;

    public IEnumerable<LiveMarket> All => markets.Values;

    /// <summary>Null where we know of no such market.</summary>
    public LiveMarket.Present? Find(string code) => markets.GetValueOrDefault(code)?.Now;

    /// <summary>What a market speaks, its own language first; nothing where we know of no such market.</summary>
    public IReadOnlyList<string> LanguagesOf(string code) => markets.GetValueOrDefault(code)?.Languages ?? [];

    public void Hear(object fact) => news.Writer.TryWrite(fact);

    /// <summary>There may have been news that we have not heard.</summary>
    public void Doubt() => told.Clear();

    /// <summary>For <see cref="LivePulse"/> alone: true when there is something to digest.</summary>
    internal ValueTask<bool> WaitForNews(CancellationToken cancellation) => news.Reader.WaitToReadAsync(cancellation);

    internal void Digest()
    {
        if (!news.Reader.TryPeek(out _))
            return;

        while (news.Reader.TryRead(out var fact))
            switch (fact)
            {
                case MarketChanged market: Of(market.Code).Keep(market); break;
                case OfferPublished offer: Of(offer.Market).Keep(offer); break;
                case AvailabilityChanged stock: Of(stock.Market).Keep(stock); break;
            }

        facts[Pricing] = All.Sum(market => market.PricingFacts);
        facts[Checkout] = All.Sum(market => market.CheckoutFacts);
        LookWhetherReady();
    }

    public IReadOnlyList<string> Producers { get; } = [Pricing, Checkout];

    public Task<long[]> Count(string producer, CancellationToken cancellation) =>
        Task.FromResult<long[]>([facts.GetValueOrDefault(producer)]);

    public Task<long?> Told(string producer, CancellationToken cancellation) =>
        Task.FromResult(told.TryGetValue(producer, out var count) ? count : (long?)null);

    public Task RememberTold(string producer, long count, CancellationToken cancellation)
    {
        told[producer] = count;
        LookWhetherReady();
        return Task.CompletedTask;
    }

    LiveMarket Of(string code) => markets.GetOrAdd(code, code => new LiveMarket(code, frames));

    void LookWhetherReady() => isReady |= Producers.All(producer =>
        told.TryGetValue(producer, out var count) && facts.GetValueOrDefault(producer) >= count);
}
