using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using MiStore.Contracts.Replays;
using MiStore.Contracts.Sales;
using MiStore.Contracts.Stock;
using MiStore.Gateway.WaitingRoom;

namespace MiStore.WaitingRoom.Tests;

/// <summary>Two gateways over one Redis, with a clock that can be set, and Checkout played by the test.</summary>
public sealed class SaleShop : ServersFixture
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly List<ServiceUnderTest<Program>> gateways = [];
    readonly ConcurrentDictionary<Guid, SaleProgressed> told = [];
    TestBroker broker = null!;
    TestRedis redis = null!;
    long version = 1;

    public TestClock Clock { get; } = new(new DateTimeOffset(2015, 6, 1, 11, 0, 0, TimeSpan.Zero));

    public HttpClient Client => gateways[0].Client;

    public HttpClient Other => gateways[1].Client;

    /// <summary>What the gateways said of the draws.</summary>
    public Heard<TicketListClosed> Lists { get; private set; } = null!;

    public Task LoseEverything() => redis.Empty();

    protected override async Task Start()
    {
        (broker, redis) = (await TestBroker.Create(), await TestRedis.Create());
        Lists = await broker.Listen<TicketListClosed>();
        // As Checkout does it. A gateway that was never told everything does not know that it knows everything.
        await broker.Listen<ReplayRequested>(async asked =>
        {
            foreach (var progress in told.Values)
                await broker.Publish(progress);
            await broker.Publish(new ReplayFinished(asked.By, asked.Producer, 0));
        });
        for (var i = 0; i < 2; i++)
        {
            var gateway = new ServiceUnderTest<Program>().Using(broker).Using(redis).Using(Clock)
                // Here this machine is a stranger's, and may ask as often as it likes.
                .With("RateLimits:Exempt", "").With("RateLimits:Lookup:PerSecond", "100000").With("RateLimits:Lookup:Burst", "100000")
                .With("RateLimits:SignUp:PerSecond", "100000").With("RateLimits:SignUp:Burst", "100000")
                // A machine that stands still for seconds has not lost its Redis.
                .With("WaitingRoom:PatienceSeconds", "60")
                .With("WaitingRoom:LeastBits", "6").With("WaitingRoom:MostBits", "9")
                .With("WaitingRoom:EarlyAsks", "1000000").With("WaitingRoom:PlacesPerNetwork", "30").With("WaitingRoom:SecondsPerPlace", "20");
            foreach (var service in new[] { "catalog", "pricing", "cart", "checkout", "storefront" })
                gateway.With($"services:{service}:http:0", "http://127.0.0.1:9"); // nobody: no call of the waiting room needs one
            gateways.Add(await gateway.Start());
        }
    }

    protected override async Task Stop()
    {
        foreach (var gateway in gateways)
            await gateway.DisposeAsync();
        await redis.DisposeAsync();
        await broker.DisposeAsync();
    }

    /// <summary>A sale as Checkout would tell of it, and known to both gateways.</summary>
    public async Task<Guid> ASale(int units, DateTimeOffset opensAt, WaitingRoomRules? rules = null, DateTimeOffset? closesAt = null)
    {
        var id = Guid.NewGuid();
        var sku = "T-" + id.ToString("n")[..12];
        await Announce(id, sku, units, opensAt, rules ?? new WaitingRoomRules(), null, closesAt);
        await Tell(id, units);
        foreach (var client in new[] { Client, Other })
            await Eventually.Passes(async () => (await Sale(id, client)).GetProperty("unitsLeft").GetInt32().ShouldBe(units));
        return id;
    }

    public Task Announce(Guid id, string sku, int units, DateTimeOffset opensAt, WaitingRoomRules rules, TicketList? list, DateTimeOffset? closesAt = null) => broker.Publish(
        new AvailabilityChanged("US", sku, Interlocked.Increment(ref version), [new BatchAvailability(
            opensAt, closesAt, Remaining.Many, new Contracts.Sales.WaitingRoom(id, units, rules, list))]));

    public Task Tell(Guid id, int available, int reserved = 0, int sold = 0, params Guid[] used) =>
        broker.Publish(told[id] = new SaleProgressed(id, Interlocked.Increment(ref version), available, reserved, sold, 0, used));

    public async Task<JsonElement> Sale(Guid id, HttpClient? at = null) => await (at ?? Client).GetFromJsonAsync<JsonElement>($"/api/sales/{id}");

    /// <summary>A place, for work where it costs some.</summary>
    public async Task<JsonElement> Take(Guid sale, string email, HttpClient? at = null)
    {
        var (puzzle, nonce) = ((string?)null, (string?)null);
        while (true)
        {
            using var answer = await AskForPlace(sale, email, puzzle, nonce, at);
            var text = await answer.Content.ReadAsStringAsync();
            var view = JsonDocument.Parse(text).RootElement;
            if ((int)answer.StatusCode == 428)
            {
                (puzzle, nonce) = (PuzzleOf(view), Solve(view));
                continue;
            }

            answer.IsSuccessStatusCode.ShouldBeTrue(text);
            return view;
        }
    }

    public Task<HttpResponseMessage> AskForPlace(Guid sale, string email, string? puzzle = null, string? nonce = null, HttpClient? at = null) =>
        (at ?? Client).PostAsJsonAsync($"/api/sales/{sale}/tickets", new { email, puzzle, nonce });

    public static string PuzzleOf(JsonElement problem) => problem.GetProperty("puzzle").GetString()!;

    public static string Solve(JsonElement problem) => Enumerable.Range(0, int.MaxValue).Select(nonce => $"{nonce}")
        .First(nonce => Puzzle.IsSolved(PuzzleOf(problem), nonce, problem.GetProperty("bits").GetInt32()));

    public async Task<HttpResponseMessage> Ask(Guid sale, string ticket, int wait = 0, HttpClient? at = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/sales/{sale}/ticket");
        request.Headers.Add(TicketSeal.Header, ticket);
        if (wait > 0)
            request.Headers.Add("Prefer", $"wait={wait}");
        return await (at ?? Client).SendAsync(request);
    }

    /// <summary>The ticket as it stands; a moment after a question, the next is one too many.</summary>
    public async Task<JsonElement> Look(Guid sale, string ticket, int wait = 0, HttpClient? at = null)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(300));
        using var answer = await Ask(sale, ticket, wait, at);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    public Task<HttpResponseMessage> AskForMoreTime(Guid sale, string ticket, HttpClient? at = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/sales/{sale}/ticket/extension");
        request.Headers.Add(TicketSeal.Header, ticket);
        return (at ?? Client).SendAsync(request);
    }

    /// <summary>When the line last took a turn, by the clock.</summary>
    public async Task<DateTimeOffset> Reckoned(Guid sale) =>
        (await new Line(redis.Database, sale, Patience).State(Observed.Nothing)).Pace.ReckonedAt;

    public static Ticket Open(JsonElement view) => new TicketSeal(TestKeys.Tickets).Open(view.GetProperty("ticket").GetString()!)!;

    public static string TicketOf(JsonElement view) => view.GetProperty("ticket").GetString()!;

    public static string StateOf(JsonElement view) => view.GetProperty("state").GetString()!;
}
