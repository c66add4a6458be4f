using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Replays;
using MiStore.Contracts.Stock;
using MiStore.Gateway.Live;

namespace MiStore.Gateway.Tests.Live;

public sealed class When_a_page_follows_a_market : IAsyncLifetime
{
    static readonly DateTimeOffset Start = new(2015, 5, 31, 21, 59, 0, TimeSpan.Zero);

    readonly TestClock clock = new(Start);
    TestBroker broker = null!;
    Upstream upstream = null!;
    ServiceUnderTest<Program> gateway = null!;

    public async ValueTask InitializeAsync()
    {
        broker = await TestBroker.Create();
        upstream = await Upstream.Start();
        gateway = await Door.Before(broker, upstream.Address, upstream.Address, upstream.Address, upstream.Address)
            .Using(clock)
            .With("Live:HeartbeatSeconds", "1")
            .With("Live:PatienceSeconds", "2")
            .With("Live:MaxStreams", "3")
            .Start();
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await upstream.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task While_the_storefront_is_away_it_is_told_whether_there_is_anything_left_to_hurry_for()
    {
        foreach (var address in new[] { "/gb/en/", "/gb/en/sold-out", "/gb/en/checkout", "/gb/fr/sales/1" })
            upstream.Answer(address, http =>
            {
                http.Abort();
                return Task.CompletedTask;
            });
        await TellEverything();
        clock.Now = new DateTimeOffset(2015, 5, 31, 23, 0, 0, TimeSpan.Zero);
        using var page = await Events.Follow(gateway.Client, "GB");
        await page.Take(3);
        (await Shown("/gb/en/")).Text.ShouldContain("One moment, please");

        await broker.Publish(new AvailabilityChanged("GB", "MI-BAND", 2, [new(clock.Now, null, Remaining.None)]));

        await Eventually.Passes(async () => (await Shown("/gb/en/")).Text.ShouldContain("Everything is gone for now"));
        var soldOut = await Shown("/gb/en/sold-out");
        ((int)soldOut.Answer.StatusCode, soldOut.Answer.Headers.CacheControl!.Public).ShouldBe((200, true));
        (await Shown("/gb/en/checkout")).Text.ShouldContain("One moment, please");
        (await Shown("/gb/fr/sales/1")).Text.ShouldContain("Votre place est conservée");

        async Task<(HttpResponseMessage Answer, string Text)> Shown(string address)
        {
            var answer = await gateway.Client.GetAsync(address);
            return (answer, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task It_hears_the_time_the_phase_every_offer_and_then_what_changes()
    {
        await TellEverything();

        using var page = await Events.Follow(gateway.Client, "uk");
        var (time, phase, offer) = (await page.Take(3)) switch { [var first, var second, var third] => (first, second, third), _ => default };

        page.MediaType.ShouldBe("text/event-stream");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        int.Parse(page.Headers.GetValues("Poll-After").Single()).ShouldBeInRange(5, 10);
        (time.Name, time["serverTime"]).ShouldBe(("time", "2015-05-31T21:59:00Z"));
        (phase.Name, phase["market"], phase["phase"], phase["serverTime"]).ShouldBe(("phase", "GB", "closed", "2015-05-31T21:59:00Z"));
        (offer.Name, offer["sku"], offer["state"], offer["remaining"], offer["availableFrom"])
            .ShouldBe(("offer", "MI-BAND", "upcoming", "none", "2015-05-31T23:00:00Z"));

        // No message: the clock alone.
        clock.Now = new DateTimeOffset(2015, 5, 31, 23, 0, 0, TimeSpan.Zero);
        (await page.Take(2)).Select(change => (change.Name, change.Data.TryGetProperty("state", out var state) ? state.GetString() : change["phase"]))
            .ShouldBe([("phase", "open"), ("offer", "sellable")]);

        await broker.Publish(new AvailabilityChanged("GB", "MI-BAND", 2, [new(clock.Now, null, Remaining.None)]));
        var soldOut = (await page.Take(1)).Single();
        (soldOut["state"], soldOut["remaining"]).ShouldBe(("sold-out", "none"));

        // Another page, and one that comes back having heard it all.
        using var late = await Events.Follow(gateway.Client, "GB");
        (await late.Take(3))[2]["state"].ShouldBe("sold-out");
        using var back = await Events.Follow(gateway.Client, "GB", soldOut.Id);
        (await back.Take(2)).Select(again => again.Name).ShouldBe(["time", "phase"]);
        await broker.Publish(new AvailabilityChanged("GB", "MI-BAND", 3, [new(clock.Now, null, Remaining.Few)]));
        foreach (var follower in new[] { page, late, back })
            (await follower.Take(1)).Single()["remaining"].ShouldBe("few");

        // As many as agreed, and no more; a page that leaves makes room.
        var refused = await gateway.Client.GetAsync("/api/markets/GB/live");
        await refused.ShouldBeProblem(503, "busy");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBe(int.Parse(refused.Headers.GetValues("Poll-After").Single()));
        back.Dispose();
        await Eventually.Passes(async () => (await Events.Follow(gateway.Client, "GB")).Dispose());
    }

    [Fact]
    public async Task Silence_is_broken_by_a_comment()
    {
        await TellEverything();
        using var page = await Events.Follow(gateway.Client, "GB");
        await page.Take(3);

        (await page.Next())!.Name.ShouldBe(":");
    }

    [Fact]
    public async Task A_page_that_does_not_read_is_let_go()
    {
        await TellEverything();
        var streams = gateway.Services.GetRequiredService<LiveStreams>();
        using var deaf = new TcpClient { ReceiveBufferSize = 4096 };
        await deaf.ConnectAsync("127.0.0.1", gateway.Client.BaseAddress!.Port);
        await deaf.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /api/markets/GB/live HTTP/1.1\r\nHost: shop\r\n\r\n"));
        await Eventually.True(() => streams.Open == 1);

        // More than all buffers between us hold.
        var sku = new string('X', 1_000_000);
        var version = 0;
        await Eventually.True(() =>
        {
            gateway.Services.GetRequiredService<LiveMarkets>().Hear(
                new OfferPublished("GB", sku, ++version, [new(Start, version % 2 == 0 ? OfferState.Paused : OfferState.Restricted)]));
            return streams.Open == 0;
        });
    }

    [Fact]
    public async Task A_market_that_does_not_exist_is_unknown_once_we_know_them_all()
    {
        var early = await gateway.Client.GetAsync("/api/markets/ZZ/live");
        await early.ShouldBeProblem(503, "service-unavailable");
        early.Headers.GetValues("Poll-After").ShouldHaveSingleItem();

        await TellEverything();

        await (await gateway.Client.GetAsync("/api/markets/ZZ/live")).ShouldBeProblem(404, "unknown-market");
    }

    [Fact]
    public async Task Asking_for_the_head_only_ends()
    {
        await TellEverything();

        var head = await gateway.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/markets/GB/live"));

        head.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
    }

    [Fact]
    public async Task Everything_is_asked_for_again_after_a_gap_in_the_news()
    {
        var asked = await broker.Listen<ReplayRequested>();
        await TellEverything();

        gateway.Services.GetRequiredService<LiveMarkets>().Doubt();
        var before = asked.Messages.Count;

        await Eventually.True(() => asked.Messages.Skip(before).Select(request => (request.By, request.Producer)).Distinct().Count() == 2);
        (await Events.Follow(gateway.Client, "GB")).Dispose();
    }

    async Task TellEverything()
    {
        var opening = new DateTimeOffset(2015, 5, 31, 23, 0, 0, TimeSpan.Zero);
        await broker.Publish(new MarketChanged("GB", 1, "Great Britain", "GBP", "en-GB", ["en"], [
            new(opening.AddDays(-20), MarketPhase.Announced), new(opening.AddDays(-5), MarketPhase.Closed), new(opening, MarketPhase.Open)]));
        await broker.Publish(new OfferPublished("GB", "MI-BAND", 1, [
            new(opening.AddDays(-20), OfferState.Upcoming, AvailableFrom: opening), new(opening, OfferState.Sellable)]));
        await broker.Publish(new AvailabilityChanged("GB", "MI-BAND", 1, [new(opening, null, Remaining.Many)]));
        await broker.Publish(new ReplayFinished("gateway", "pricing", 2));
        await broker.Publish(new ReplayFinished("gateway", "checkout", 1));
        await Eventually.True(() => gateway.Services.GetRequiredService<LiveMarkets>().IsReady);
    }
}
