using MiStore.Checkout.Orders;
using MiStore.Checkout.Stock;
using static MiStore.Checkout.Tests.AnOrder;

namespace MiStore.Checkout.Tests.Simulation;

/// <summary>
/// Plays the shop with everything that can go wrong between its steps: messages shuffled, repeated and late, the service
/// dying before and after each commit, a provider that answers late, twice, in the wrong order or not at all. At the end
/// one question is asked: do stock, orders and money agree? A failure prints its seed, and the seed replays it.
/// </summary>
public sealed class Every_delivery_order(ITestOutputHelper output)
{
    const int Schedules = 12_000;

    [Fact]
    public void Leaves_stock_orders_and_money_in_agreement()
    {
        var outcomes = new Dictionary<OrderStatus, int>();
        Parallel.For(0, Schedules, seed =>
        {
            foreach (var status in new World(seed).Run())
                lock (outcomes)
                    outcomes[status] = outcomes.GetValueOrDefault(status) + 1;
        });

        output.WriteLine($"{Schedules} schedules: {string.Join(", ", outcomes.OrderBy(pair => pair.Key))}");
        // A simulation that never reaches an end proves nothing about it.
        outcomes.Keys.ShouldBe(
            [OrderStatus.Paid, OrderStatus.Rejected, OrderStatus.Expired, OrderStatus.Cancelled, OrderStatus.Refunded, OrderStatus.Packed],
            ignoreOrder: true);
    }

    /// <summary>To replay a failure: put its seed here.</summary>
    [Theory]
    [InlineData(1)]
    public void Replays_from_its_seed(int seed) => new World(seed).Run().ShouldBe(new World(seed).Run());
}

/// <summary>A database, a provider and a broker, as values, and the things that happen to them.</summary>
sealed class World(int seed)
{
    const int Units = 6;
    const int Buyers = 8;

    readonly Random random = new(seed);
    readonly List<(Guid Order, OrderFact Fact)> inFlight = [];
    readonly Dictionary<Guid, Account> provider = [];
    readonly Dictionary<Guid, HeldOrder> orders = [];
    readonly Dictionary<string, UsedKey> keys = [];
    readonly List<StockEntry> ledger = [];
    Batch batch = ABatch(Units, limit: 2);
    DateTimeOffset now = Noon;

    public List<OrderStatus> Run()
    {
        var placements = Enumerable.Range(0, Buyers)
            .Select(i => APlacement(key: $"k{i}", units: 1 + random.Next(2), customer: $"c{i}", id: IdOf(i))).ToList();

        for (var step = 0; step < 80; step++)
        {
            now = now.AddSeconds(random.Next(40));
            switch (random.Next(7))
            {
                case 0 or 1:
                    Turn(placements: [.. Pick(placements, 3)]); // a client that repeats itself is part of it
                    break;
                case 2:
                    Turn(facts: [.. Pick([.. orders.Keys], 2).Select(id => (id, (OrderFact)new OrderFact.PaymentStarted()))]);
                    break;
                case 3:
                    Ask();
                    break;
                case 4:
                    Turn(facts: [.. Pick(inFlight, 3)]);
                    break;
                case 5:
                    Turn(facts: [.. orders.Keys.Select(id => (id, (OrderFact)new OrderFact.ReservationExpired()))]);
                    break;
                default:
                    Turn(facts: [.. Pick([.. orders.Keys], 1).Select(id => (id, random.Next(3) == 0 ? new OrderFact.ParcelPacked() : (OrderFact)new OrderFact.CancellationRequested()))]);
                    break;
            }

            Check(settled: false);
        }

        Settle();
        Check(settled: true);
        return [.. orders.Values.Select(order => order.Order.Status)];
    }

    // One turn of the lane: all of it is committed, or (the process died before the commit) none of it.
    void Turn(IReadOnlyList<Placement>? placements = null, IReadOnlyList<(Guid Order, OrderFact Fact)>? facts = null, bool mayDie = true)
    {
        var book = new LaneBook(now, 1, [batch], orders.Values, keys.Values, HeldByCustomers());
        foreach (var placement in placements ?? [])
            book.Place(placement with { PlacedAt = now, ReservedUntil = now.AddMinutes(5) });
        foreach (var (order, fact) in facts ?? [])
            book.Advance(order, fact);

        if (mayDie && random.Next(5) == 0)
            return;

        foreach (var (placed, order, units) in book.Placed)
        {
            orders.Add(placed.OrderId, new HeldOrder(order, placed.CustomerKeys, units));
            keys.Add(placed.IdempotencyKey, new UsedKey(placed.IdempotencyKey, placed.OrderId, placed.RequestHash));
        }

        foreach (var changed in book.ChangedOrders)
            orders[changed.Id] = orders[changed.Id] with { Order = changed };
        foreach (var (_, after) in book.ChangedBatches)
            batch = after;
        ledger.AddRange(book.Entries);
    }

    // Somebody calls the provider, on the ground of an intent that was committed, perhaps long ago.
    void Ask()
    {
        foreach (var id in Pick([.. orders.Values.Where(order => order.Order.Funds is Funds.Asked or Funds.RefundDue).Select(order => order.Order.Id)], 2))
        {
            var account = provider.TryGetValue(id, out var known) ? known : provider[id] = new Account(Declines: random.Next(4) == 0);
            var order = orders[id].Order;

            if (order.Funds is Funds.RefundDue)
            {
                provider[id] = account with { Refunds = 1 }; // one key, one refund
                Report(id, new OrderFact.RefundMade());
            }
            else if (account.Declines)
            {
                Report(id, new OrderFact.PaymentDeclined("pi", "card_declined"));
            }
            else
            {
                provider[id] = account with { Charges = 1 }; // one key, one charge
                Report(id, new OrderFact.PaymentSucceeded("pi"));
            }
        }
    }

    // The answer is lost, comes once, comes twice; all of it some time later and in any order.
    void Report(Guid order, OrderFact fact)
    {
        for (var times = random.Next(3); times > 0; times--)
            inFlight.Insert(random.Next(inFlight.Count + 1), (order, fact));
    }

    // What the shop does by itself in the end, because due times are columns: expire, ask again, refund.
    void Settle()
    {
        Turn(facts: [.. inFlight], mayDie: false);
        now = now.AddHours(1);
        for (var round = 0; round < 3; round++)
        {
            Turn(facts: [.. orders.Keys.Select(id => (id, (OrderFact)new OrderFact.ReservationExpired()))], mayDie: false);
            foreach (var order in orders.Values.Select(order => order.Order).ToList())
            {
                // The sweeper only sees what is due.
                if (order.PaymentDue is null)
                    continue;
                if (order.Funds is Funds.Asked)
                {
                    var account = provider.TryGetValue(order.Id, out var known) ? known : new Account(Declines: false);
                    provider[order.Id] = account.Declines ? account : account with { Charges = 1 };
                    OrderFact fact = account.Declines ? new OrderFact.PaymentDeclined("pi", "card_declined") : new OrderFact.PaymentSucceeded("pi");
                    Turn(facts: [(order.Id, fact)], mayDie: false);
                }
                else if (order.Funds is Funds.RefundDue)
                {
                    provider[order.Id] = provider[order.Id] with { Refunds = 1 };
                    Turn(facts: [(order.Id, new OrderFact.RefundMade())], mayDie: false);
                }
            }
        }
    }

    void Check(bool settled)
    {
        Agree("the batch's units", batch.Available + batch.Reserved + batch.Sold + batch.Withdrawn, Units);
        Agree("units below zero", Math.Min(batch.Available, 0), 0);

        var entries = ledger.ToLookup(entry => entry.OrderId);
        foreach (var (id, held) in orders)
        {
            var (order, wanted) = (held.Order, held.Units.Sum(units => units.Units));
            int Moved(Movement movement) => entries[id].Where(entry => entry.Movement == movement).Sum(entry => entry.Units);
            var isSold = order.Status is OrderStatus.Paid or OrderStatus.Packed;

            Agree("units taken", Moved(Movement.Reserved), wanted);
            Agree("units held", wanted - Moved(Movement.Returned) - Moved(Movement.Sold), order.IsOpen ? wanted : 0);
            Agree("units sold", Moved(Movement.Sold) - Moved(Movement.Restocked), isSold ? wanted : 0);

            if (!settled)
                continue;
            var account = provider.GetValueOrDefault(id) ?? new Account(Declines: false);
            Agree("orders without an end", order.IsOpen ? 1 : 0, 0);
            Agree("charges kept", account.Charges - account.Refunds, isSold ? 1 : 0);
        }
    }

    // Plain, because it is asked some millions of times.
    void Agree(string what, int actual, int expected)
    {
        if (actual != expected)
            Assert.Fail($"seed {seed}: {what}: {actual} instead of {expected}");
    }

    IEnumerable<HeldUnits> HeldByCustomers() => orders.Values
        .Where(order => order.Order.Status is OrderStatus.Reserved or OrderStatus.Paying or OrderStatus.Paid or OrderStatus.Packed)
        .Select(order => new HeldUnits(batch.Id, order.CustomerKeys[0], order.Units.Sum(units => units.Units)));

    List<T> Pick<T>(IReadOnlyList<T> from, int most) =>
        from.Count == 0 ? [] : [.. Enumerable.Range(0, 1 + random.Next(most)).Select(_ => from[random.Next(from.Count)])];

    // The same ids in every run of a seed.
    Guid IdOf(int buyer) => new(seed, (short)buyer, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    sealed record Account(bool Declines, int Charges = 0, int Refunds = 0);
}
