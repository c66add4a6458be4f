using System.Diagnostics;
using System.Text.Json;
using MiStore.Checkout.Inputs;
using MiStore.Checkout.Payments;
using MiStore.Checkout.Stock;
using MiStore.Messaging;
using MiStore.ServiceDefaults;
using Npgsql;
using static MiStore.Checkout.Orders.OrderLane;

namespace MiStore.Checkout.Orders;

/// <summary>
/// The I/O of a lane's turn. Whoever takes a market's turn has its row in <c>lanes</c>, and with it the market's batches and orders,
/// until it commits. While nobody else takes one, the lane knows from its last turn what it would read (<see cref="LaneMemory"/>),
/// and a turn is one round trip. Otherwise it is two: one takes the next turn and reads everything that it concerns, one writes what
/// the <see cref="LaneBook"/> decided and commits.
/// </summary>
public sealed class LaneStore(
    [FromKeyedServices(CheckoutDatabase.ByKey)] NpgsqlDataSource db, OutboxSignal relay, PaymentQueue payments, TimeProvider clock)
{
    /// <summary>
    /// Takes the market's next turn for the transaction: waits for whoever has it, and locks its row. Takes the market, answers the
    /// turn's number and token.
    /// </summary>
    internal const string TakeNextTurn =
        """
        insert into lanes as lane (market, turn) values ($1, 1)
        on conflict (market) do update set turn = lane.turn + 1, token = gen_random_uuid(), before = lane.token
        returning turn, token
        """;

    /// <summary>Decides a turn from memory and sends it. The next may be sent before this one has come to its end.</summary>
    /// <returns>Null where it has to be read.</returns>
    internal SentTurn? Send(string market, LaneMemory memory, IReadOnlyList<Entry> turn)
    {
        if (memory.Recall(turn, clock.GetUtcNow()) is not { } book)
            return null;

        var answers = Decide(book, turn);
        if (!book.IsSure)
            return null;

        var (known, own) = (memory.Token, Guid.NewGuid());
        memory.Keep(book, own);
        return new SentTurn(turn, answers, Write(market, book, known, own, LaneInputs.Of(turn, answers)));
    }

    /// <summary>Takes the next turn, reads what it concerns, and commits what was decided.</summary>
    /// <returns>For each entry of the turn, in its order, a <see cref="PlacementResult"/> or a <see cref="Step"/>.</returns>
    internal async Task<object?[]> Read(string market, LaneMemory memory, IReadOnlyList<Entry> turn)
    {
        await using var connection = await db.OpenConnectionAsync();
        var (book, token) = await LockAndRead(connection, market, turn);
        var answers = Decide(book, turn);
        var inputs = LaneInputs.Of(turn, answers);
        await using var write = new NpgsqlBatch(connection);
        if (book.IsEmpty && inputs is null)
        {
            // Questions that were answered before: no turn, and no number.
            write.Add("rollback");
            await write.ExecuteNonQueryAsync();
            return answers;
        }

        AddNew(write, market, book);
        AddRest(write, market, book, inputs);
        write.Add("commit");
        await Commit(write, book);
        memory.Keep(book, token);
        return answers;
    }

    /// <returns>False where it was not committed: somebody else had a turn, or something is not as it was supposed to be.</returns>
    async Task<bool> Write(string market, LaneBook book, Guid known, Guid own, string? inputs)
    {
        await using var connection = await db.OpenConnectionAsync();
        // Without a begin, what is sent together is one transaction. What is new does not have to wait for the turn before; what
        // changes rows that this may have written does.
        await using var write = new NpgsqlBatch(connection);
        write.Add("select begin_turn($1)", own);
        AddNew(write, market, book);
        write.Add("select take_turn($1, $2, $3, $4)", market, book.Turn, known, own);
        AddRest(write, market, book, inputs);
        try
        {
            await Commit(write, book);
            return true;
        }
        catch (PostgresException)
        {
            return false;
        }
    }

    async Task Commit(NpgsqlBatch write, LaneBook book)
    {
        CrashPoint.Pass("turn-decided");
        await write.ExecuteNonQueryAsync();
        CrashPoint.Pass("turn-committed");
        relay.Ring();
        foreach (var placed in book.Placed)
            payments.Add(placed.Order);
    }

    static object?[] Decide(LaneBook book, IReadOnlyList<Entry> turn)
    {
        var answers = new object?[turn.Count];
        for (var i = 0; i < turn.Count; i++)
            answers[i] = turn[i] switch
            {
                Entry.New entry => book.Place(entry.Placement),
                Entry.Existing entry => book.Advance(entry.OrderId, entry.Fact),
                _ => throw new InvalidOperationException("A lane knows two kinds of entries."),
            };
        return answers;
    }

    async Task<(LaneBook Book, Guid Token)> LockAndRead(NpgsqlConnection connection, string market, IReadOnlyList<Entry> turn)
    {
        var placements = turn.OfType<Entry.New>().Select(entry => entry.Placement).ToList();
        Guid[] orderIds = [.. turn.OfType<Entry.Existing>().Select(entry => entry.OrderId).Distinct().Order()];
        string[] skus = [.. placements.SelectMany(placement => placement.Wanted).Select(wanted => wanted.Sku).Distinct()];
        string[] keys = [.. placements.Select(placement => placement.IdempotencyKey).Distinct()];
        string[] customers = [.. placements.SelectMany(placement => placement.CustomerKeys).Distinct()];

        Guid[] tickets = [.. placements.Select(placement => placement.Ticket?.Id).OfType<Guid>().Distinct()];

        await using var read = new NpgsqlBatch(connection);
        read.Add("begin");
        // First of all, since this waits for whoever has the turn: each statement after it sees what was committed before.
        read.Add(TakeNextTurn, market);
        // What a turn does not concern is not asked for: of an empty list PostgreSQL may read a whole index to find nothing.
        if (orderIds.Length > 0)
        {
            read.Add(
                $"select {Columns.OfOrder}, customer_keys from orders where id = any($1) and market = $2", orderIds, market);
            read.Add(
                "select order_id, batch_id, units from stock_entries where order_id = any($1) and movement = 'reserved'", orderIds);
        }

        if (orderIds.Length == 0)
            read.Add($"select {Batch.Columns} from batches where market = $1 and sku = any($2)", market, skus);
        else
            read.Add(
                $"""
                select {Batch.Columns} from batches
                where market = $1 and sku in (
                    select unnest($2)
                    union
                    select b.sku from stock_entries e join batches b on b.id = e.batch_id
                    where e.order_id = any($3) and e.movement = 'reserved')
                """, market, skus, orderIds);
        if (placements.Count > 0)
        {
            // One look into the index for each, whatever the planner believes of tables that were small a moment ago.
            read.Add(
                """
                select used.idempotency_key, used.id, used.request_hash
                from unnest($1) as wanted (key)
                cross join lateral (
                    select idempotency_key, id, request_hash from orders where idempotency_key = wanted.key limit 1) used
                """, (object)keys); // one value, not an array of them
            read.Add(
                """
                select batch.id, wanted.customer, held.units
                from batches batch
                cross join unnest($1) as wanted (customer)
                cross join lateral (
                    select units from customer_units where batch_id = batch.id and customer = wanted.customer limit 1) held
                where batch.market = $2 and batch.sku = any($3)
                """, customers, market, skus);
        }

        if (tickets.Length > 0)
            read.Add("select ticket from used_tickets where ticket = any($1)", tickets);

        await using var reader = await read.ExecuteReaderAsync();
        var orders = new List<(Order Order, string[] CustomerKeys)>();
        var units = new List<(Guid Order, Guid Batch, int Units)>();
        await reader.ReadAsync();
        var (number, token) = (reader.GetInt64(0), reader.GetGuid(1));

        await reader.NextResultAsync();
        if (orderIds.Length > 0)
        {
            while (await reader.ReadAsync())
                orders.Add((Columns.ReadOrder(reader), reader.GetFieldValue<string[]>(Columns.OrderCount)));

            await reader.NextResultAsync();
            while (await reader.ReadAsync())
                units.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2)));
            await reader.NextResultAsync();
        }

        var unitsOf = units.ToLookup(row => row.Order, row => (row.Batch, row.Units));

        var batches = new List<Batch>();
        while (await reader.ReadAsync())
            batches.Add(Columns.ReadBatch(reader));

        var used = new List<UsedKey>();
        var held = new List<HeldUnits>();
        if (placements.Count > 0)
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
                used.Add(new UsedKey(reader.GetString(0), reader.GetGuid(1), reader.GetFieldValue<byte[]>(2)));

            await reader.NextResultAsync();
            while (await reader.ReadAsync())
                held.Add(new HeldUnits(reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2)));
        }

        var usedTickets = new HashSet<Guid>();
        if (tickets.Length > 0)
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
                usedTickets.Add(reader.GetGuid(0));
        }

        var heldOrders = orders.Select(row => new HeldOrder(row.Order, row.CustomerKeys, [.. unitsOf[row.Order.Id]]));
        return (new LaneBook(clock.GetUtcNow(), number, batches, heldOrders, used, held, usedTickets), token);
    }

    static void AddNew(NpgsqlBatch write, string market, LaneBook book)
    {
        Insert(write, book.Placed);
        Use(write, book.UsedTickets, book.Now);
        Append(write, book.Entries, book.Now);
        CountFirst(write, book);
        var news = book.News(market);
        if (news.Count > 0)
            OutboxRows.Of(news).AddTo(write.Add(OutboxRows.Insert).Parameters);
    }

    static void AddRest(NpgsqlBatch write, string market, LaneBook book, string? inputs)
    {
        // One row a turn, also of a turn that only refused: the sale can be played again. Its number is ours only now.
        if (inputs is not null)
            write.Add("insert into lane_inputs (market, turn, at, inputs) values ($1, $2, $3, $4)", market, book.Turn, book.Now, inputs);
        Update(write, book.ChangedOrders);
        Update(write, book.ChangedBatches);
        CountAgain(write, book);
    }

    static void Insert(NpgsqlBatch write, List<PlacedOrder> rows)
    {
        if (rows.Count == 0)
            return;

        var placed = rows.ToArray(row => row.Placement);
        var orders = rows.ToArray(row => row.Order);
        write.Add(
            """
            insert into orders (
                id, number, market, status, idempotency_key, request_hash, email, customer_name, customer_keys,
                shipping_address, quote, total, currency, cart_id, payment_token, funds, payment_due,
                placed_at, reserved_until, timeline)
            select id, number, market, status, key, hash, email, name, string_to_array(customer, E'\n'),
                address::jsonb, quote::jsonb, total, currency, cart, token, state, due, placed, until, timeline::jsonb
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
                as new (id, number, market, status, key, hash, email, name, customer, address, quote, total, currency,
                        cart, token, state, due, placed, until, timeline)
            """,
            placed.ToArray(p => p.OrderId),
            placed.ToArray(p => p.Number),
            placed.ToArray(p => p.Quote.Market),
            orders.ToArray(o => Columns.Word(o.Status)),
            placed.ToArray(p => p.IdempotencyKey),
            placed.ToArray(p => p.RequestHash),
            placed.ToArray(p => p.Customer.Email),
            placed.ToArray(p => p.Customer.Name),
            // PostgreSQL has no arrays of arrays of unequal length; a key never holds a line break.
            placed.ToArray(p => string.Join('\n', p.CustomerKeys)),
            placed.ToArray(p => p.AddressJson),
            placed.ToArray(p => p.QuoteJson),
            placed.ToArray(p => p.Quote.Total.Amount),
            placed.ToArray(p => p.Quote.Currency),
            placed.ToArray(p => p.CartId),
            placed.ToArray(p => p.PaymentToken),
            orders.ToArray(o => Columns.Word(o.Funds)),
            orders.ToArray(o => o.PaymentDue),
            placed.ToArray(p => p.PlacedAt),
            placed.ToArray(p => p.ReservedUntil),
            orders.ToArray(o => JsonSerializer.Serialize(o.Timeline)));
    }

    // The key on the ticket lets only one of two transactions commit that use it at once; the other looks again.
    static void Use(NpgsqlBatch write, Dictionary<Guid, (Guid Batch, Guid Order)> tickets, DateTimeOffset at)
    {
        if (tickets.Count > 0)
            write.Add(
                "insert into used_tickets (ticket, batch_id, order_id, used_at) select *, $4 from unnest($1, $2, $3)",
                tickets.ToArray(used => used.Key), tickets.ToArray(used => used.Value.Batch), tickets.ToArray(used => used.Value.Order), at);
    }

    static void Update(NpgsqlBatch write, IReadOnlyList<Order> orders)
    {
        if (orders.Count == 0)
            return;

        write.Add(
            """
            update orders o
            set status = new.status, funds = new.state, payment_id = new.payment, payment_due = new.due,
                payment_attempts = new.attempts, reason = new.reason, timeline = new.timeline::jsonb
            from unnest($1, $2, $3, $4, $5, $6, $7, $8) as new (id, status, state, payment, due, attempts, reason, timeline)
            where o.id = new.id
            """,
            orders.ToArray(o => o.Id),
            orders.ToArray(o => Columns.Word(o.Status)),
            orders.ToArray(o => Columns.Word(o.Funds)),
            orders.ToArray(o => o.PaymentId),
            orders.ToArray(o => o.PaymentDue),
            orders.ToArray(o => o.PaymentAttempts),
            orders.ToArray(o => o.Reason),
            orders.ToArray(o => JsonSerializer.Serialize(o.Timeline)));
    }

    static void Append(NpgsqlBatch write, List<StockEntry> entries, DateTimeOffset at)
    {
        if (entries.Count == 0)
            return;

        var words = entries.ToArray(entry => entry.Movement.Entry());
        write.Add(
            """
            insert into stock_entries (at, batch_id, order_id, movement, from_account, to_account, units)
            select $1, * from unnest($2, $3, $4, $5, $6, $7)
            """,
            at,
            entries.ToArray(entry => entry.BatchId),
            entries.ToArray(entry => entry.OrderId),
            words.ToArray(word => word.Movement),
            words.ToArray(word => word.From),
            words.ToArray(word => word.To),
            entries.ToArray(entry => entry.Units));
    }

    static void Update(NpgsqlBatch write, IReadOnlyList<(Batch Before, Batch After)> batches)
    {
        if (batches.Count == 0)
            return;

        // By difference, so that the checks on the table judge what is really there and not what we believe.
        write.Add(
            """
            update batches b
            set available = b.available + change.available, reserved = b.reserved + change.reserved, sold = b.sold + change.sold
            from unnest($1, $2, $3, $4) as change (id, available, reserved, sold)
            where b.id = change.id
            """,
            batches.ToArray(b => b.After.Id),
            batches.ToArray(b => b.After.Available - b.Before.Available),
            batches.ToArray(b => b.After.Reserved - b.Before.Reserved),
            batches.ToArray(b => b.After.Sold - b.Before.Sold));
    }

    // Who is counted was read in this turn, or is supposed. Where that is wrong, the key refuses, and the turn looks again.
    static void CountFirst(NpgsqlBatch write, LaneBook book)
    {
        var first = Counts(book, count => !book.IsCounted(count));
        if (first.Count > 0)
            write.Add(
                "insert into customer_units (batch_id, customer, units) select * from unnest($1, $2, $3)",
                first.ToArray(row => row.Key.Batch), first.ToArray(row => row.Key.Customer), first.ToArray(row => row.Value));
    }

    static void CountAgain(NpgsqlBatch write, LaneBook book)
    {
        var again = Counts(book, book.IsCounted);
        if (again.Count > 0)
            write.Add(
                """
                update customer_units held set units = held.units + change.units
                from unnest($1, $2, $3) as change (batch_id, customer, units)
                where held.batch_id = change.batch_id and held.customer = change.customer
                """,
                again.ToArray(row => row.Key.Batch), again.ToArray(row => row.Key.Customer), again.ToArray(row => row.Value));
    }

    // In key order, so that two instances never wait for each other crosswise.
    static List<KeyValuePair<(Guid Batch, string Customer), int>> Counts(LaneBook book, Func<(Guid, string), bool> which) =>
    [
        .. book.HeldChanges.Where(change => change.Value != 0 && which(change.Key))
            .OrderBy(change => change.Key.Batch).ThenBy(change => change.Key.Customer, StringComparer.Ordinal),
    ];
}

/// <summary>A turn that is on its way to the database.</summary>
/// <param name="Answers">For each entry, to be given once it is committed: a <see cref="PlacementResult"/> or a <see cref="Step"/>.</param>
/// <param name="Committed">False where it was not, and an exception where nobody knows.</param>
sealed record SentTurn(IReadOnlyList<Entry> Entries, object?[] Answers, Task<bool> Committed)
{
    /// <summary>A timestamp.</summary>
    public long SentAt { get; } = Stopwatch.GetTimestamp();
}
