using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;
using MiStore.Gateway.Live;

namespace MiStore.Gateway.Tests.Live;

public sealed class When_a_market_is_followed_through_its_launch
{
    static readonly DateTimeOffset Opening = new(2015, 5, 31, 22, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Before = Opening.AddMinutes(-1);

    readonly LiveMarket market = new("DE", new LiveFrames(Options.Create(new JsonOptions())));
    readonly Broadcast.Place start;

    public When_a_market_is_followed_through_its_launch()
    {
        market.Keep(Market(1, (Opening.AddDays(-20), MarketPhase.Announced), (Opening, MarketPhase.Open)));
        market.Keep(Offer("MI-BAND", 1, (Opening.AddDays(-20), OfferState.Upcoming), (Opening, OfferState.Sellable)));
        market.Keep(Stock("MI-BAND", 1, Opening, Remaining.Many));
        market.Tell(Before);
        start = market.Now!.Place;
    }

    [Fact]
    public void The_present_state_of_each_SKU_is_there() =>
        market.Now!.Offers.Select(told => told.Offer).ShouldBe([new("MI-BAND", LiveState.Upcoming, Remaining.None, Opening)]);

    [Fact]
    public void A_boundary_is_told_at_its_instant_and_not_before()
    {
        market.NextBoundary.ShouldBe(Opening);
        market.Tell(Opening.AddTicks(-1));
        Told().ShouldBeEmpty();

        market.Tell(Opening);

        Told().ShouldBe(["phase open", "offer MI-BAND sellable many"]);
        market.NextBoundary.ShouldBeNull();
    }

    [Fact]
    public void What_is_no_change_is_not_told()
    {
        market.Keep(Stock("MI-BAND", 2, Opening, Remaining.Few));
        market.Tell(Before);
        market.Tell(Before);

        Told().ShouldBeEmpty();
    }

    [Fact]
    public void News_is_told_at_once_and_late_news_never()
    {
        market.Tell(Opening);
        market.Keep(Stock("MI-BAND", 3, Opening, Remaining.None));
        market.Keep(Stock("MI-BAND", 2, Opening, Remaining.Few));
        market.Tell(Opening.AddSeconds(1));

        Told()[2..].ShouldBe(["offer MI-BAND sold-out none"]);
    }

    [Fact]
    public void An_earlier_opening_is_told_at_its_own_instant()
    {
        market.Keep(Market(2, (Opening.AddSeconds(-10), MarketPhase.Open)));
        market.Keep(Offer("MI-BAND", 2, (Opening.AddSeconds(-10), OfferState.Sellable)));
        market.Tell(Before);
        market.NextBoundary.ShouldBe(Opening.AddSeconds(-10));

        market.Tell(Opening.AddSeconds(-10));

        // Pricing sells from then on; the batch opens when it was to.
        Told().ShouldBe(["offer MI-BAND not-offered none", "phase open", "offer MI-BAND upcoming none"]);
    }

    [Fact]
    public void What_was_never_offered_is_nobody_s_business()
    {
        market.Keep(Offer("MI-SECRET", 1, (Before.AddDays(-1), OfferState.NotOffered)));
        market.Tell(Before);
        Told().ShouldBeEmpty();

        market.Keep(Offer("MI-BAND", 2, (Before, OfferState.NotOffered)));
        market.Tell(Before);
        Told().ShouldBe(["offer MI-BAND not-offered none"]);
    }

    [Fact]
    public void Of_a_market_that_nobody_told_us_of_there_is_nothing_to_say()
    {
        var unknown = new LiveMarket("ZZ", new LiveFrames(Options.Create(new JsonOptions())));
        unknown.Keep(Stock("MI-BAND", 1, Opening, Remaining.Many) with { Market = "ZZ" });
        unknown.Tell(Opening);
        unknown.Beat();

        unknown.Now.ShouldBeNull();
    }

    [Fact]
    public void Whoever_comes_later_starts_where_the_line_then_is()
    {
        market.Tell(Opening);
        market.Beat();

        market.Now!.Place.Next.IsCompleted.ShouldBeFalse();
        market.Now.Offers.Single().Offer.State.ShouldBe(LiveState.Sellable);
    }

    [Fact]
    public void An_id_of_another_process_counts_as_none()
    {
        LiveMarket.NumberOf("0badf00d.7").ShouldBe(0);
        LiveMarket.NumberOf("nonsense").ShouldBe(0);
        LiveMarket.NumberOf(null).ShouldBe(0);
        LiveMarket.NumberOf(IdOf(market.Now!.Offers.Single())).ShouldBe(market.Now.Offers.Single().Number);
    }

    /// <summary>Everything that a follower from the beginning has been sent, in short.</summary>
    List<string> Told()
    {
        var told = new List<string>();
        for (var place = start; place.Next.IsCompleted; place = place.Next.Result)
            told.AddRange(Encoding.UTF8.GetString(place.Next.Result.Frame).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(Short));
        return told;
    }

    static string Short(string frame)
    {
        using var data = JsonDocument.Parse(frame.Split("data: ")[1]);
        string? Of(string member) => data.RootElement.TryGetProperty(member, out var value) ? value.GetString() : null;
        return Of("sku") is { } sku ? $"offer {sku} {Of("state")} {Of("remaining")}" : $"phase {Of("phase")}";
    }

    static string IdOf(LiveMarket.Told told) => Encoding.UTF8.GetString(told.Frame).Split('\n')[0]["id: ".Length..];

    static MarketChanged Market(long version, params (DateTimeOffset From, MarketPhase Phase)[] phases) =>
        new("DE", version, "Deutschland", "EUR", "de-DE", ["de"], [.. phases.Select(phase => new PhaseStart(phase.From, phase.Phase))]);

    static OfferPublished Offer(string sku, long version, params (DateTimeOffset From, OfferState State)[] schedule) => new(
        "DE", sku, version,
        [.. schedule.Select(terms => new OfferTerms(terms.From, terms.State, AvailableFrom: terms.State == OfferState.Upcoming ? Opening : null))]);

    static AvailabilityChanged Stock(string sku, long version, DateTimeOffset opensAt, Remaining remaining) =>
        new("DE", sku, version, [new BatchAvailability(opensAt, null, remaining)]);
}
