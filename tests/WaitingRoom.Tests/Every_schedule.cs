using System.Reflection;
using MiStore.Contracts.Sales;
using MiStore.Gateway.WaitingRoom;
using StackExchange.Redis;

namespace MiStore.WaitingRoom.Tests;

/// <summary>
/// Plays sales on a real Redis with everything that can go wrong between two steps: gateways that die before or after any of
/// them, news that is late, repeated or out of order, buyers who fall asleep, dawdle, are declined or never pay, and (in some)
/// a Redis that is emptied in the middle. At the end everybody has an answer, no unit was sold twice or left lying, and the
/// published record proves the order. A failure prints its seed.
/// </summary>
public sealed class Every_schedule(RoomRedis rooms) : IClassFixture<RoomRedis>
{
    [Fact]
    public async Task Sells_what_there_is_in_the_order_that_was_drawn()
    {
        var served = 0;
        for (var seed = 0; seed < 40; seed++)
            served += await Play(seed, mayLose: false);
        served.ShouldBeGreaterThan(100); // a simulation that never sells anything proves nothing
    }

    [Fact]
    public async Task Sells_what_there_is_also_when_the_line_is_lost_in_the_middle()
    {
        for (var seed = 1000; seed < 1015; seed++)
            await Play(seed, mayLose: true);
    }

    async Task<int> Play(int seed, bool mayLose)
    {
        try
        {
            return await new SaleWorld(seed, rooms.Database, mayLose).Run();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed}: {exception.Message}", exception);
        }
    }
}

/// <summary>A Redis database of one's own.</summary>
public sealed class RoomRedis : ServersFixture
{
    TestRedis redis = null!;

    public IDatabase Database => redis.Database;

    protected override async Task Start() => redis = await TestRedis.Create();

    protected override async Task Stop() => await redis.DisposeAsync();
}

/// <summary>One sale: gateways over one Redis, Checkout as numbers, and buyers.</summary>
sealed class SaleWorld(int seed, IDatabase redis, bool mayLose)
{
    // Redis is away where the simulation says so, and not where this machine has something else to do.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    sealed class Buyer(string holder)
    {
        public string Holder => holder;
        public Ticket? Ticket { get; set; }
        public TicketState? State { get; set; }
        public bool IsAsleep { get; set; }
        public bool IsFinal => State is TicketState.Used or TicketState.Lapsed or TicketState.SoldOut or TicketState.Closed;
    }

    sealed record Order(Guid Ticket, bool WillPay);

    readonly Random random = new(seed);
    readonly Guid saleId = Guid.NewGuid();
    readonly List<Buyer> buyers = [];
    readonly List<SaleRoom> gateways = [];
    readonly Dictionary<SaleRoom, Dying> deaths = [];
    readonly List<(SaleProgressed Message, DateTimeOffset SaidAt)> news = [];
    readonly List<Order> open = [];
    readonly HashSet<Guid> used = [];
    readonly TicketSeal seal = new("the key of a simulation");
    readonly RoomOptions options = new();
    Sale sale = null!;
    TicketList? kept;
    DateTimeOffset now = new(2015, 6, 1, 11, 58, 0, TimeSpan.Zero);
    int units, available, reserved, sold, version;

    public async Task<int> Run()
    {
        units = available = 1 + random.Next(10);
        var opensAt = now.AddMinutes(2);
        sale = new Sale(saleId, 1, "US", "MI-BAND-BLK", opensAt, null, new Contracts.Sales.WaitingRoom(
            saleId, units, new WaitingRoomRules(random.Next(3) == 0 ? opensAt.AddSeconds(-30) : null, AdmissionSeconds: 30 + random.Next(60),
                Extensions: random.Next(3), ExtensionSeconds: 20 + random.Next(40), DrawnOnlySeconds: random.Next(3) * random.Next(120))));
        for (var i = 0; i < 1 + random.Next(3); i++)
            gateways.Add(AGateway());
        for (var i = 0; i < units + random.Next(25); i++)
            buyers.Add(new Buyer($"{i:x32}"));
        Tell([]);

        for (var step = 0; step < 400; step++)
        {
            now = now.AddMilliseconds(random.Next(1500));
            // Late, but not later than the time that the line leaves it; what comes later still may only disappoint somebody.
            while (news.FindIndex(said => now - said.SaidAt > TimeSpan.FromSeconds(3)) is >= 0 and var due)
                await Hear(news[due]);
            await Step();
        }

        await Settle();
        return sold;
    }

    async Task Step()
    {
        switch (random.Next(12))
        {
            case 0 or 1:
                await Take(Pick(buyers));
                break;
            case 2 or 3 or 4:
                await Ask(Pick(buyers));
                break;
            case 5 or 6 or 7:
                await TakeTurn(Pick(gateways), mayDie: true);
                break;
            case 8:
                Pick(buyers).IsAsleep ^= random.Next(3) == 0;
                break;
            case 9:
                if (news.Count > 0)
                    await Hear(Pick(news));
                break;
            case 10:
                EndOrder();
                break;
            default:
                if (mayLose && random.Next(60) == 0)
                    await redis.ScriptEvaluateAsync("return redis.call('flushdb')");
                else if (random.Next(10) == 0)
                    gateways[random.Next(gateways.Count)] = AGateway(); // killed, and started again with nothing in its memory
                break;
        }
    }

    async Task Take(Buyer buyer)
    {
        if (buyer.Ticket is not null || buyer.IsAsleep || Pick(gateways) is var gateway && gateway.Line is not { IsKnown: true })
            return;
        if (sale.PhaseAt(now, gateway.Line) is SalePhase.SoldOut)
        {
            buyer.State = TicketState.SoldOut;
            return;
        }

        if (await NotYet(async () => await gateway.Store.Take(buyer.Holder, sale.DrawAt, null, options, now)) is Taken.Place place)
        {
            buyer.Ticket = place.Ticket;
            // The answer may be lost; who asks again gets the same place.
            if (random.Next(5) == 0)
                buyer.Ticket = ((Taken.Place)await gateway.Store.Take(buyer.Holder, sale.DrawAt, null, options, now)).Ticket;
            buyer.Ticket.ShouldBe(place.Ticket);
        }
    }

    async Task Ask(Buyer buyer)
    {
        if (buyer is not { Ticket: { } ticket, IsAsleep: false, IsFinal: false })
            return;

        var gateway = Pick(gateways);
        if (await NotYet(async () => await gateway.Store.Look(ticket, sale, gateway.ListHash, gateway.Seed, now)) is not { } found)
            return;

        var view = TicketView.Of(ticket, found, sale, gateway.Line, seal, now);
        buyer.State = view.State;
        buyer.Ticket = seal.Open(view.Ticket)!;
        if (view.State != TicketState.Admitted)
            return;

        // The answer may be lost, and the end is put off all the same; or it is asked twice.
        for (var i = random.Next(8); i > 5; i--)
            await gateway.Store.Extend(buyer.Ticket, sale, now);
        if (random.Next(3) > 0)
            Place(buyer);
    }

    // As Checkout does it: the seal, the time, once, and while there is anything.
    void Place(Buyer buyer)
    {
        var ticket = buyer.Ticket!;
        if (used.Contains(ticket.Id) || !(ticket.AdmittedUntil > now))
            return;

        if (!mayLose)
            available.ShouldBePositive("somebody was admitted and there was nothing left");
        if (available == 0)
            return;

        used.Add(ticket.Id);
        (available, reserved) = (available - 1, reserved + 1);
        open.Add(new Order(ticket.Id, WillPay: random.Next(4) > 0));
        buyer.State = TicketState.Used;
        Tell([ticket.Id]);
    }

    void EndOrder()
    {
        if (open.Count == 0)
            return;

        var order = Pick(open);
        open.Remove(order);
        reserved--;
        if (order.WillPay)
            sold++;
        else
            available++;
        Tell([]);
    }

    void Tell(IReadOnlyList<Guid> tickets) => news.Add((new SaleProgressed(saleId, ++version, available, reserved, sold, 0, tickets), now));

    async Task Hear((SaleProgressed Message, DateTimeOffset SaidAt) said)
    {
        await Pick(gateways).Store.Hear(said.Message, now);
        if (random.Next(3) > 0)
            news.Remove(said); // else it comes once more
    }

    async Task TakeTurn(SaleRoom gateway, bool mayDie)
    {
        try
        {
            if (mayDie && random.Next(3) == 0)
                deaths[gateway].Countdown = (random.Next(1, 6), random.Next(2) == 0);
            var turn = await Turn.Take(gateway, now);
            kept ??= turn.List;
            if (kept is not null && sale.Room.Tickets is null)
            {
                sale = sale with { Version = 2, Room = sale.Room with { Tickets = kept } };
                gateways.ForEach(room => room.Hear(sale));
            }

            if (turn.NeedsNumbers && random.Next(2) == 0)
                Tell([.. used]); // Checkout's answer to a replay
        }
        catch (GatewayDied)
        {
            gateways[gateways.IndexOf(gateway)] = AGateway();
        }
        finally
        {
            deaths[gateway].Countdown = null;
        }
    }

    // The world calms down: everybody is awake, asks as told, orders at once and pays, or not.
    async Task Settle()
    {
        for (var round = 0; round < 900; round++)
        {
            now = now.AddSeconds(1);
            foreach (var gateway in gateways.ToList())
                await TakeTurn(gateway, mayDie: false);
            foreach (var buyer in buyers.Where(_ => random.Next(4) == 0))
            {
                buyer.IsAsleep = false;
                await Take(buyer);
                await Ask(buyer);
                if (buyer.State == TicketState.Admitted)
                    Place(buyer);
            }

            if (open.Count > 0)
                EndOrder();
            while (news.Count > 0)
                await Hear(Pick(news));
            if (buyers.TrueForAll(buyer => buyer.IsFinal))
                break;
        }

        (available + reserved + sold).ShouldBe(units);
        buyers.Where(buyer => !buyer.IsFinal).Select(buyer => (buyer.Holder, buyer.State)).ShouldBeEmpty("everybody has a final answer");
        // Whoever let an admission pass may have been the last; but nobody is left waiting while a unit lies there.
        if (available > 0)
            buyers.Where(buyer => buyer.State == TicketState.SoldOut).ShouldBeEmpty();

        var last = AGateway();
        await Turn.Take(last, now);
        await Turn.Take(last, now.AddSeconds(1));
        var verdict = QueueProof.Of(await GetRecord.Read(last));
        var wasLost = last.Line.LostAt is not null;
        verdict.Differences.Where(difference => !wasLost || !difference.Contains("lost") && !difference.Contains("list")).ShouldBeEmpty();
        if (!wasLost)
            verdict.Count(QueueProof.Outcome.Served).ShouldBe(used.Count);
    }

    SaleRoom AGateway()
    {
        var (connection, dying) = Dying.Wrap(redis);
        var room = new SaleRoom(sale, new Line(connection, saleId, Patience), Draw.Seed("a key of the tests that nobody else knows", saleId));
        deaths[room] = dying;
        return room;
    }

    T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    static async Task<T?> NotYet<T>(Func<Task<T>> ask) where T : class
    {
        try
        {
            return await ask();
        }
        catch (ServiceDefaults.NotReady)
        {
            return null;
        }
    }
}

/// <summary>The gateway ended here.</summary>
sealed class GatewayDied : Exception;

/// <summary>A Redis whose caller dies at a step: before it, or after it was done and before anybody knew.</summary>
public class Dying : DispatchProxy
{
    IDatabase inner = null!;

    public (int Steps, bool IsDoneFirst)? Countdown { get; set; }

    public static (IDatabase Redis, Dying Dying) Wrap(IDatabase redis)
    {
        var proxy = Create<IDatabase, Dying>();
        var dying = (Dying)(object)proxy;
        dying.inner = redis;
        return (proxy, dying);
    }

    protected override object? Invoke(MethodInfo? method, object?[]? arguments)
    {
        if (Countdown is { } countdown)
        {
            Countdown = (countdown.Steps - 1, countdown.IsDoneFirst);
            if (countdown.Steps == 1)
            {
                if (countdown.IsDoneFirst)
                    ((Task)method!.Invoke(inner, arguments)!).GetAwaiter().GetResult();
                throw new GatewayDied();
            }
        }

        return method!.Invoke(inner, arguments);
    }
}
