using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MiStore.Checkout.Audit;
using MiStore.Checkout.Orders;
using MiStore.Checkout.Payments;
using MiStore.Checkout.Stock;
using MiStore.Contracts;
using MiStore.Contracts.Quotes;
using MiStore.Contracts.Sales;
using MiStore.Messaging;
using Npgsql;
using static MiStore.Checkout.Orders.OrderLane;

namespace MiStore.Checkout.Tests.Orders;

/// <summary>
/// A lane that took the last turn of its market does not read what it knows. Whoever else takes a turn (another instance, an operator),
/// and whatever it cannot know, it has to notice.
/// </summary>
public sealed class When_a_lane_remembers(CheckoutShop shop) : IClassFixture<CheckoutShop>
{
    const string Market = "US";

    // Later than the shop's, whose own lanes have nothing to do then: no hold of ours has ended for them, and no payment is due.
    readonly TestClock clock = new(AnOrder.Noon.AddDays(1));

    readonly string sku = "T-" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task Its_third_turn_is_decided_from_memory()
    {
        await Release(units: 5);
        var lane = await WithTwoTurns();

        lane.WouldRemember(New()).ShouldBeTrue();
        (await lane.Turn(New())).ShouldBeOfType<PlacementResult.Reserved>();
        await BooksBalance();
    }

    [Fact]
    public async Task What_another_instance_has_sold_is_not_sold_again()
    {
        await Release(units: 3);
        var (one, other) = (await WithTwoTurns(), new Instance(this));

        (await other.Turn(New())).ShouldBeOfType<PlacementResult.Reserved>();

        (await one.Turn(New())).ShouldBe(new PlacementResult.SoldOut(sku, 0, null));
        await BooksBalance();
    }

    [Fact]
    public async Task What_an_operator_has_taken_back_is_not_sold_and_what_came_later_is()
    {
        var batch = await Release(units: 5);
        var lane = await WithTwoTurns();

        await Withdraw(batch);
        (await lane.Turn(New())).ShouldBe(new PlacementResult.SoldOut(sku, 0, null));

        await Release(units: 1);
        (await lane.Turn(New())).ShouldBeOfType<PlacementResult.Reserved>();
        await BooksBalance();
    }

    [Fact]
    public async Task A_key_that_made_an_order_long_ago_makes_no_other()
    {
        await Release(units: 5);
        var request = AnOrder.APlacement(sku: sku);
        await new Instance(this).Turn(new Entry.New(request));
        var lane = await WithTwoTurns();

        lane.WouldRemember(New()).ShouldBeTrue();
        (await lane.Turn(new Entry.New(request with { OrderId = Guid.CreateVersion7() }))).ShouldBe(new PlacementResult.Replayed(request.OrderId));
        (await lane.Turn(new Entry.New(request with { RequestHash = [2] }))).ShouldBeOfType<PlacementResult.KeyReused>();
        (await Left()).ShouldBe(2);
        await BooksBalance();
    }

    [Fact]
    public async Task A_key_that_made_an_order_is_answered_with_it_also_when_nothing_is_left()
    {
        await Release(units: 3);
        var request = AnOrder.APlacement(sku: sku);
        var lane = await WithTwoTurns();
        await lane.Turn(new Entry.New(request));

        lane.WouldRemember(New()).ShouldBeTrue();
        (await lane.Turn(new Entry.New(request with { OrderId = Guid.CreateVersion7() }))).ShouldBe(new PlacementResult.Replayed(request.OrderId));
    }

    [Fact]
    public async Task A_customer_who_was_counted_before_it_began_has_no_more_than_the_limit()
    {
        await Release(units: 5, limit: 1);
        await new Instance(this).Turn(New("ada"));
        var lane = await WithTwoTurns();

        lane.WouldRemember(New("ada")).ShouldBeTrue();
        (await lane.Turn(New("ada"))).ShouldBe(new PlacementResult.LimitExceeded(sku, 1));
        (await Left()).ShouldBe(2);
        await BooksBalance();
    }

    [Fact]
    public async Task Units_that_a_customer_gives_back_and_takes_again_are_counted_with_those_of_long_ago()
    {
        await Release(units: 9);
        var before = new Instance(this);
        await before.Turn(New("ada"));
        await before.Turn(New("ada"));
        var given = New("ada");
        await before.Turn(given);
        var lane = new Instance(this);
        for (var i = 0; i < 2; i++)
            await lane.Turn(new Entry.Existing(given.Placement.OrderId, new OrderFact.PaymentUnclear()));

        Entry[] turn =
        [
            new Entry.Existing(given.Placement.OrderId, new OrderFact.PaymentDeclined("pi", "card_declined")),
            new Entry.New(AnOrder.APlacement(customer: "ada", sku: sku, limit: 2)),
        ];
        lane.WouldRemember(turn).ShouldBeTrue();
        (await lane.Say(turn))[1].ShouldBe(new PlacementResult.LimitExceeded(sku, 2));
        await BooksBalance();
    }

    [Fact]
    public async Task A_ticket_that_was_used_before_it_began_opens_nothing()
    {
        var sale = await Release(units: 5, inTurn: true);
        var ticket = new Ticket(Guid.NewGuid(), sale, "ada", AnOrder.Noon);
        await new Instance(this).Turn(WithTicket("ada", ticket));
        var lane = new Instance(this);
        foreach (var customer in new[] { "bob", "cy" })
            await lane.Turn(WithTicket(customer, new Ticket(Guid.NewGuid(), sale, customer, AnOrder.Noon)));

        lane.WouldRemember(WithTicket("ada", ticket)).ShouldBeTrue();
        (await lane.Turn(WithTicket("ada", ticket))).ShouldBe(new PlacementResult.TicketUsed(sale));
        await BooksBalance();
    }

    [Fact]
    public async Task A_customer_of_two_turns_at_once_is_counted_in_both()
    {
        await Release(units: 9);
        var lane = await WithTwoTurns();
        await using var elsewhere = await Database();
        await elsewhere.ExecuteAsync("begin; select 1 from lanes where market = @Market for update", new { Market });

        var both = lane.Say([New("ada")], [New("ada")]);
        await TwoWait();
        await elsewhere.ExecuteAsync("commit");

        (await both).ShouldAllBe(answer => answer is PlacementResult.Reserved);
        await BooksBalance();
    }

    [Fact]
    public async Task Two_turns_at_once_whose_connections_are_cut_are_taken_again_and_once()
    {
        await Release(units: 9);
        var lane = await WithTwoTurns();
        await using var elsewhere = await Database();
        await elsewhere.ExecuteAsync("begin; select 1 from lanes where market = @Market for update", new { Market });

        var both = lane.Say([New("ada")], [New("ada")]);
        await TwoWait();
        await elsewhere.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        await elsewhere.ExecuteAsync("commit");

        (await both).ShouldAllBe(answer => answer is PlacementResult.Reserved);
        (await Left()).ShouldBe(5);
        await BooksBalance();
    }

    [Fact]
    public async Task Two_turns_at_once_notice_what_an_operator_was_quicker_to_take_back()
    {
        var batch = await Release(units: 9);
        var lane = await WithTwoTurns();
        await using var work = await shop.Service<Work>().Begin(TestContext.Current.CancellationToken);
        await WithdrawBatch.Withdraw(work, batch, "operator", clock.Now);

        var both = lane.Say([New()], [New()]);
        await TwoWait();
        await work.Commit();

        (await both).ShouldAllBe(answer => answer is PlacementResult.SoldOut);
        await BooksBalance();
    }

    [Fact]
    public async Task Two_instances_at_once_sell_exactly_what_there_is()
    {
        await Release(units: 150);
        using var stopping = new CancellationTokenSource();
        OrderLane[] lanes = [.. Enumerable.Range(0, 2).Select(_ => new OrderLane(Market, 1000, Store(), new OrderWaiters(), NullLogger<OrderLane>.Instance))];
        var running = lanes.Select(lane => lane.Run(stopping.Token)).ToArray();

        // One after the other at each of them for a while, so that both come to remember, and then everybody.
        var answers = new List<PlacementResult>();
        foreach (var lane in lanes)
            for (var i = 0; i < 20; i++)
                answers.Add(await lane.Place(AnOrder.APlacement(customer: $"early{answers.Count}", sku: sku)));
        answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 300).Select(i => lanes[i % 2].Place(AnOrder.APlacement(customer: $"late{i}", sku: sku)))));
        await stopping.CancelAsync();
        await Task.WhenAll(running);

        answers.Count(answer => answer is PlacementResult.Reserved).ShouldBe(150);
        answers.Count(answer => answer is PlacementResult.SoldOut).ShouldBe(190);
        await BooksBalance();
    }

    /// <summary>
    /// Two instances that remember, send two turns at once, and are restarted now and then, beside a lane that reads everything each time: whatever happens, in
    /// whatever order, all say and write the same.
    /// </summary>
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    [InlineData(9), InlineData(10), InlineData(11), InlineData(12), InlineData(13), InlineData(14), InlineData(15), InlineData(16)]
    public async Task It_says_and_writes_what_a_lane_would_that_reads_everything(int seed)
    {
        var story = new Story(new Random(seed));
        var (remembering, reading) = (new Place($"A{seed}", this), new Place($"B{seed}", this));
        Instance[] instances = [new(this, $"A{seed}"), new(this, $"A{seed}")];
        var remembered = 0;

        for (var step = 0; step < 150; step++)
        {
            clock.Advance(TimeSpan.FromSeconds(story.Random.Next(60)));
            if (story.Random.Next(25) == 0)
            {
                var change = story.Stock();
                await remembering.Apply(change);
                await reading.Apply(change);
                continue;
            }

            // Mostly the same one, as where one instance has all of the market's buyers.
            var which = step / 40 % 2 == 0 || story.Random.Next(25) == 0 ? 0 : 1;
            if (story.Random.Next(60) == 0)
                instances[which] = new Instance(this, $"A{seed}");
            List<Asked>[] turns = [.. Enumerable.Range(0, story.Random.Next(1, 3)).Select(_ => story.Turn())];
            List<Entry>[] entries = [.. turns.Select(turn => turn.ConvertAll(remembering.Entry))];
            remembered += instances[which].WouldRemember([.. entries[0]]) ? 1 : 0;
            var said = await instances[which].Say(entries);
            var expected = new List<object?>();
            foreach (var turn in turns)
                expected.AddRange(await new Instance(this, $"B{seed}").Say(turn.ConvertAll(reading.Entry)));
            said.Select(remembering.Name).ShouldBe(expected.Select(reading.Name), $"seed {seed}, step {step}");
        }

        (await remembering.Books()).ShouldBe(await reading.Books(), $"seed {seed}");
        await BooksBalance();
        remembered.ShouldBeGreaterThan(5);
    }

    Entry.New New(string? customer = null) => new(AnOrder.APlacement(customer: customer ?? Guid.NewGuid().ToString("n"), sku: sku));

    Entry.New WithTicket(string customer, Ticket ticket) => new(AnOrder.APlacement(customer: customer, sku: sku) with { Ticket = ticket });

    // After one turn a lane does not know yet whether it is alone.
    async Task<Instance> WithTwoTurns()
    {
        var instance = new Instance(this);
        for (var i = 0; i < 2; i++)
            (await instance.Turn(New())).ShouldBeOfType<PlacementResult.Reserved>();
        return instance;
    }

    async Task TwoWait()
    {
        await using var watching = await Database();
        await Eventually.True(() => watching.ExecuteScalar<int>(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 2);
    }

    LaneStore Store() => new(
        shop.Service<IServiceProvider>().GetRequiredKeyedService<NpgsqlDataSource>(CheckoutDatabase.ByKey), new OutboxSignal(), new PaymentQueue(), clock);

    async Task<Guid> Release(int units, int? limit = null, bool inTurn = false, string market = Market, string? ofSku = null)
    {
        await using var work = await shop.Service<Work>().Begin(TestContext.Current.CancellationToken);
        var batch = await ReleaseBatch.Release(
            work, new ReleaseBatch.Request(market, ofSku ?? sku, units, clock.Now.AddHours(-1), null, limit, inTurn ? new ReleaseBatch.Room() : null), "operator", clock.Now);
        await work.Commit();
        return batch.Id;
    }

    async Task Withdraw(Guid batch)
    {
        await using var work = await shop.Service<Work>().Begin(TestContext.Current.CancellationToken);
        await WithdrawBatch.Withdraw(work, batch, "operator", clock.Now);
        await work.Commit();
    }

    ValueTask<NpgsqlConnection> Database() => shop.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);

    async Task<int> Left()
    {
        await using var connection = await Database();
        return await connection.ExecuteScalarAsync<int>("select sum(available) from batches where sku = @sku", new { sku });
    }

    async Task BooksBalance()
    {
        await using var connection = await Database();
        // Nobody looks after holds here, on a day of long ago.
        foreach (var question in AuditQuestions.All.Where(question => question.Name != "Nobody waits past the stated deadline"))
            (await connection.QueryAsync<string>(question.Differences)).ShouldBeEmpty(question.Name);
    }

    /// <summary>A process that runs a lane, turn by turn.</summary>
    sealed class Instance
    {
        readonly When_a_lane_remembers test;
        readonly LaneMemory memory;
        readonly TurnsUnderway turns;

        public Instance(When_a_lane_remembers test, string market = Market)
        {
            (this.test, memory) = (test, new LaneMemory());
            turns = new TurnsUnderway(market, memory, test.Store(), new OrderWaiters(), NullLogger.Instance);
        }

        public bool WouldRemember(params Entry[] entries) => memory.Recall(entries, test.clock.Now) is not null;

        public async Task<object?> Turn(Entry entry) => (await Say([entry]))[0];

        /// <summary>The turns are sent one right after the other, without waiting for the end of the first.</summary>
        public async Task<object?[]> Say(params IReadOnlyList<Entry>[] sent)
        {
            foreach (var turn in sent)
                await turns.Begin(turn, () => { });
            await turns.EndAll();
            return await Task.WhenAll(sent.SelectMany(turn => turn).Select(entry => entry switch
            {
                Entry.New asked => Said(asked.Done.Task),
                Entry.Existing heard => Said(heard.Done.Task),
                _ => throw new ArgumentOutOfRangeException(nameof(sent)),
            }));
        }

        static async Task<object?> Said<T>(Task<T> answer) => await answer;
    }

    /// <summary>The market in which a story is played, with its own ids for what the story names.</summary>
    sealed class Place(string market, When_a_lane_remembers test)
    {
        readonly Dictionary<int, Guid> batches = [];
        readonly Dictionary<int, Guid> orders = [];
        readonly Dictionary<int, Guid> tickets = [];

        public async Task Apply(Change change)
        {
            if (change.Sku is null)
                await test.Withdraw(batches[change.Batch]);
            else
                batches[change.Batch] = await test.Release(change.Units, change.Limit, change.InTurn, market, change.Sku);
        }

        public Entry Entry(Asked asked)
        {
            var order = IdOf(orders, asked.Order);
            if (asked.Fact is { } fact)
                return new Entry.Existing(order, fact);

            var (wanted, price) = (asked.Wanted!, new Money(1499, "USD"));
            var quote = AnOrder.AQuote(units: wanted.Sum(it => it.Units), price: price.Amount) with
            {
                Market = market,
                Lines = [.. wanted.Select(it => new QuoteLine(it.Sku, it.Sku, it.Units, price, price * it.Units, Money.Zero("USD")))],
            };
            var ticket = asked.Ticket is var (number, sale) ? new Ticket(IdOf(tickets, number), batches[sale], asked.Customer, test.clock.Now) : null;
            var any = AnOrder.APlacement();
            return new Entry.New(new Placement(
                order, any.Number, $"{market}-{asked.Key}", RequestHash: [(byte)wanted.Count], any.Customer,
                [$"email:{asked.Customer}", $"address:{asked.Door}"], any.ShippingAddress, quote, null, any.PaymentToken, wanted, test.clock.Now,
                test.clock.Now.AddMinutes(5), ticket));
        }

        /// <summary>An answer in the story's names.</summary>
        public string Name(object? answer) => answer switch
        {
            null => "no such order",
            Step step => $"{step.Order.Status} {step.Order.Funds} {step.Movement} {step.IsRefused}",
            _ => Named(answer.ToString()!),
        };

        /// <summary>Everything that is written, in the story's names.</summary>
        public async Task<string> Books()
        {
            await using var connection = await test.Database();
            var lines = await connection.QueryAsync<string>(
                """
                select format('batch %s %s: %s %s %s %s', id, sku, available, reserved, sold, withdrawn) from batches where market = @market
                union all
                (select format('entry %s %s %s %s %s', e.at, batch_id, order_id, movement, e.units)
                 from stock_entries e join batches b on b.id = e.batch_id where b.market = @market order by e.id)
                union all
                select format('count %s %s %s', batch_id, customer, units) from customer_units c join batches b on b.id = c.batch_id where b.market = @market
                union all
                select format('ticket %s %s %s', ticket, batch_id, order_id) from used_tickets t join batches b on b.id = t.batch_id where b.market = @market
                union all
                select format('order %s %s %s %s %s', id, status, funds, payment_due, timeline) from orders where market = @market
                """, new { market });
            return string.Join('\n', lines.Select(Named).Order(StringComparer.Ordinal));
        }

        string Named(string text) => new[] { ("batch", batches), ("order", orders), ("ticket", tickets) }
            .SelectMany(kind => kind.Item2.Select(it => (Id: it.Value.ToString(), Name: $"{kind.Item1} {it.Key}")))
            .Aggregate(text, (so, it) => so.Replace(it.Id, it.Name, StringComparison.Ordinal));

        static Guid IdOf(Dictionary<int, Guid> known, int number) =>
            known.TryGetValue(number, out var id) ? id : known[number] = Guid.CreateVersion7();
    }

    /// <summary>What happens, in names that mean the same in two markets: few customers, SKUs, keys and tickets, so that they meet again.</summary>
    sealed class Story(Random random)
    {
        static readonly string[] Skus = ["BAND", "PHONE"];

        int orders;
        int batches;

        public Random Random => random;

        public Change Stock() => batches > 0 && random.Next(3) == 0
            ? new Change(random.Next(batches), null, 0, null, InTurn: false)
            : new Change(batches++, Pick(Skus), random.Next(1, 60), random.Next(2) == 0 ? random.Next(1, 5) : null, random.Next(4) == 0);

        public List<Asked> Turn() => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(2) == 0 && orders > 0 ? Fact() : Order())];

        Asked Order() => new(
            orders++, Key: random.Next(10) == 0 ? random.Next(orders) : orders, Customer: $"c{random.Next(12)}", Door: $"d{random.Next(12)}",
            [.. Skus.Where(_ => random.Next(2) == 0).DefaultIfEmpty(Skus[0]).Select(sku => new WantedUnits(sku, random.Next(1, 3), random.Next(4) == 0 ? 2 : null))],
            Ticket: random.Next(3) == 0 && batches > 0 ? (random.Next(6), random.Next(batches)) : null);

        // Of an order of a moment ago, which may still be open.
        Asked Fact() => new(random.Next(Math.Max(0, orders - 8), orders), Fact: random.Next(6) switch
        {
            0 => new OrderFact.PaymentDeclined("pi", "card_declined"),
            1 => new OrderFact.PaymentUnclear(),
            2 => new OrderFact.ReservationExpired(),
            3 => new OrderFact.CancellationRequested(),
            4 => new OrderFact.PaymentStarted(),
            _ => new OrderFact.PaymentSucceeded("pi"),
        });

        T Pick<T>(T[] of) => of[random.Next(of.Length)];
    }

    sealed record Change(int Batch, string? Sku, int Units, int? Limit, bool InTurn);

    sealed record Asked(
        int Order, int Key = 0, string Customer = "", string Door = "", IReadOnlyList<WantedUnits>? Wanted = null, (int Ticket, int Sale)? Ticket = null,
        OrderFact? Fact = null);
}
