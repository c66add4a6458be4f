using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using MiStore.Checkout;
using MiStore.Checkout.Inputs;
using MiStore.Checkout.Orders;
using MiStore.Checkout.Payments;
using MiStore.Contracts;
using MiStore.Contracts.Quotes;
using MiStore.Contracts.Sales;
using MiStore.Messaging;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Replay;

/// <summary>
/// A clean database as Checkout migrates it, the lane that Checkout runs, and a clock that stands where the recording says. Nobody
/// else is there: no broker, no provider, no background work. What they once did is in the recording.
/// </summary>
public sealed class Stage : IAsyncDisposable
{
    readonly string server;
    readonly string name;
    readonly SetClock clock = new();
    readonly NpgsqlDataSource owner;
    readonly NpgsqlDataSource db;
    readonly LaneStore lane;
    readonly LaneMemory memory = new();
    readonly PriorityQueue<(Guid Order, OrderFact Fact), (DateTimeOffset At, int Number)> later = new();

    Stage(string server, string name)
    {
        (this.server, this.name) = (server, name);
        var own = new NpgsqlConnectionStringBuilder(server) { Database = name, Timeout = 120 }.ConnectionString;
        owner = NpgsqlDataSource.Create(own);
        db = CheckoutDatabase.PlanningOnce(own);
        lane = new LaneStore(db, new OutboxSignal(), new PaymentQueue(), clock);
    }

    /// <param name="server">A connection string of somebody who may create databases.</param>
    public static async Task<Stage> Build(string server)
    {
        var name = $"replay_{Guid.CreateVersion7():n}";
        await OnServer(server, $"create database {name}");
        await Migrator.Migrate(
            new NpgsqlConnectionStringBuilder(server) { Database = name, Timeout = 120 }.ConnectionString, NullLogger.Instance,
            typeof(UnitOfWork).Assembly, typeof(LaneStore).Assembly);
        return new Stage(server, name);
    }

    /// <summary>Plays a recording from its beginning to its end; once on each stage.</summary>
    /// <param name="assumed">What orders do that were refused in truth; null where nobody has to be assumed anything of.</param>
    public async Task<Played> Play(Recording recording, Assumed? assumed = null)
    {
        var (sale, refusals) = (recording.Sale, new Dictionary<Guid, string>());
        foreach (var turn in recording.Turns)
        {
            await Catch(sale, turn.At);
            clock.Now = turn.At;
            var asked = new List<(Input Input, OrderLane.Entry Entry)>();
            foreach (var input in turn.Inputs)
                if (input.Stock is { } stock)
                    await Move(sale, stock);
                else
                    asked.Add((input, Entry(sale, input)));
            if (asked.Count == 0)
                continue;

            var answers = await lane.Read(sale.Market, memory, asked.ConvertAll(it => it.Entry));
            for (var i = 0; i < asked.Count; i++)
                if (asked[i].Input is { Wanted: not null, Order: { } order } arrival)
                    if (answers[i] is PlacementResult.Reserved)
                        assumed?.Foresee(arrival, turn.At, later);
                    else
                        refusals[order] = LaneInputs.Refusal((PlacementResult)answers[i]!) ?? "repeated";
        }

        await Catch(sale, sale.At);
        return await Outcome(sale, refusals);
    }

    public async ValueTask DisposeAsync()
    {
        await db.DisposeAsync();
        await owner.DisposeAsync();
        await OnServer(server, $"drop database if exists {name} with (force)");
    }

    // What was foreseen for before the next turn happens at its own time.
    async Task Catch(RecordedSale sale, DateTimeOffset until)
    {
        while (later.TryPeek(out var next, out var due) && due.At <= until)
        {
            later.Dequeue();
            clock.Now = due.At;
            await lane.Read(sale.Market, memory, [new OrderLane.Entry.Existing(next.Order, next.Fact)]);
        }
    }

    // As an operator did it, whose work is no lane's. A batch keeps its id, since ids decide between two that opened together.
    async Task Move(RecordedSale sale, StockInput stock)
    {
        var batch = sale.Batches.Single(batch => batch.Id == stock.Batch);
        await using var connection = await owner.OpenConnectionAsync();
        await connection.ExecuteAsync(
            stock.Movement == "released"
                ? """
                  insert into batches (
                      id, market, sku, quantity, opens_at, closes_at, limit_per_customer, available, waiting_room, released_by, released_at)
                  values (@Id, @Market, @Sku, @Quantity, @OpensAt, @ClosesAt, @LimitPerCustomer, @Quantity, @room::jsonb, 'replay', @Now);
                  insert into stock_entries (at, batch_id, movement, from_account, to_account, units)
                  values (@Now, @Id, 'released', 'supply', 'available', @Quantity)
                  """
                : """
                  insert into stock_entries (at, batch_id, movement, from_account, to_account, units)
                  select @Now, id, 'withdrawn', 'available', 'withdrawn', available from batches where id = @Id and available > 0;
                  update batches set withdrawn = withdrawn + available, available = 0 where id = @Id
                  """,
            new
            {
                batch.Id, sale.Market, batch.Sku, batch.Quantity, batch.OpensAt, batch.ClosesAt, batch.LimitPerCustomer, clock.Now,
                room = batch.WaitingRoom is null ? null : JsonSerializer.Serialize(batch.WaitingRoom),
            });
    }

    async Task<Played> Outcome(RecordedSale sale, Dictionary<Guid, string> refusals)
    {
        var ids = sale.Batches.Select(batch => batch.Id).ToArray();
        await using var connection = await owner.OpenConnectionAsync();
        var entries = new List<RecordedEntry>();
        await using (var ledger = new NpgsqlCommand("select batch_id, order_id, movement, units, at from stock_entries order by id", connection))
        await using (var row = await ledger.ExecuteReaderAsync())
            while (await row.ReadAsync())
                entries.Add(new RecordedEntry(
                    row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.GetString(2), row.GetInt32(3), row.GetFieldValue<DateTimeOffset>(4)));
        var batches = await connection.QueryAsync<(Guid Id, int Available, int Reserved, int Sold, int Withdrawn)>(
            "select id, available, reserved, sold, withdrawn from batches where id = any(@ids)", new { ids });
        return new Played(entries, batches.ToDictionary(it => it.Id, it => new Balance(it.Available, it.Reserved, it.Sold, it.Withdrawn)), refusals);
    }

    static OrderLane.Entry Entry(RecordedSale sale, Input input) => input switch
    {
        { Wanted: { } wanted, By: { } by, Order: { } order } => new OrderLane.Entry.New(Placement(sale.Market, order, wanted, by)),
        { Heard: { } word, Order: { } order } => new OrderLane.Entry.Existing(
            order, LaneInputs.Fact(word) ?? throw new InvalidDataException($"No order ever heard {word}.")),
        _ => throw new InvalidDataException("An input is an order that wants units, or what one heard, or what an operator did."),
    };

    // Names, addresses and prices decide nothing in the lane, and are not recorded.
    static Placement Placement(string market, Guid order, IReadOnlyList<WantedUnits> wanted, Asker by)
    {
        var free = Money.Zero("XXX");
        var quote = new Quote(
            order, market, "XXX", TaxIncluded: true, [.. wanted.Select(units => new QuoteLine(units.Sku, units.Sku, units.Units, free, free, free))],
            free, free, free, [], free, new Destination("XX", null, null), "none", by.PlacedAt, by.ReservedUntil);
        return new Placement(
            order, OrderNumbers.New(market), by.Key, Convert.FromHexString(by.Request), new Customer("somebody@example.invalid", "Somebody"), by.Customer,
            new Address("Somebody", "Somewhere", null, "Somewhere", null, "0", "XX"), quote, null, "none", wanted, by.PlacedAt, by.ReservedUntil,
            by.Ticket is { } ticket && by.Sale is { } opened ? new Ticket(ticket, opened, "", by.PlacedAt) : null);
    }

    static async Task OnServer(string server, string sql)
    {
        // A server that is busy with a sale takes its time, also to let somebody in.
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false, Timeout = 120, CommandTimeout = 120 }.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }

    sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

/// <summary>The four numbers of a batch, in units.</summary>
public sealed record Balance(int Available, int Reserved, int Sold, int Withdrawn);

/// <summary>What came of playing a recording.</summary>
/// <param name="Refusals">The code of each order that got no units; "repeated" of one whose key had already made an order.</param>
public sealed record Played(
    IReadOnlyList<RecordedEntry> Entries, IReadOnlyDictionary<Guid, Balance> Balances, IReadOnlyDictionary<Guid, string> Refusals);
