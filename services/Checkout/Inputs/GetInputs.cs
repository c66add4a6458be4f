using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Checkout.Stock;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Checkout.Inputs;

/// <summary>
/// An operator reads everything that decided a sale, a JSON object a line (<c>application/x-ndjson</c>): the batch and those that
/// share a SKU or an order with it, every turn of the lane with what it was asked, and the ledger that came of it, all as of one
/// instant. <c>./mistore replay</c> plays it again. Customers are hashes that mean nothing outside this one answer.
/// </summary>
public static class GetInputs
{
    /// <summary>Whoever wants more at once had better ask the database.</summary>
    const int MostArrivals = 2_000_000;

    const int TurnsAtOnce = 200;
    const int Patience = 120; // seconds for one question: the ledger has no index by batch, for the lane's sake

    public static void MapGetInputs(this RouteGroupBuilder admin) => admin
        .MapGet("/batches/{id:guid}/inputs", Handle)
        .WithName(nameof(GetInputs))
        .WithSummary("Read the recorded inputs of a batch's sale, to play it again")
        .Produces<string>(StatusCodes.Status200OK, "application/x-ndjson")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    static async Task<Results<EmptyHttpResult, ProblemHttpResult>> Handle(
        Guid id, HttpContext http, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        if (await connection.QuerySingleOrDefaultAsync<Batch>($"select {Batch.Columns} from batches where id = @id", new { id }, snapshot) is not { } asked)
            return BatchProblems.UnknownBatch();

        var scope = await Scope.Find(connection, asked, cancellation);
        if (!scope.IsWhole)
            return Problems.Of(
                StatusCodes.Status409Conflict, "inputs-incomplete", "Not all inputs of this sale are kept any more, or were kept at all.",
                "They are recorded from the release of a batch on, and kept as long as the settings Inputs:KeptDays and Inputs:KeptTurns say.");
        if (scope.Arrivals > MostArrivals)
            return Problems.Of(
                StatusCodes.Status409Conflict, "too-many-inputs", $"The sale has {scope.Arrivals} arrivals; {MostArrivals} are given at once.");

        http.Response.ContentType = "application/x-ndjson";
        http.Response.Headers.CacheControl = "no-store";
        await using var lines = new StreamWriter(http.Response.Body, new UTF8Encoding(false), bufferSize: 65_536);
        Task Write(InputLine line) => lines.WriteAsync((line.ToJson() + "\n").AsMemory(), cancellation);

        await Write(new(Sale: new RecordedSale(RecordedSale.CurrentFormat, asked.Id, asked.Market, clock.GetUtcNow(), [.. scope.Batches.Select(Recorded)])));
        var turns = 0;
        // Known to nobody and gone with this answer: without it, addresses could be tried until a hash is equal.
        var secret = RandomNumberGenerator.GetBytes(32);
        await foreach (var turn in Turns(connection, scope, cancellation))
        {
            turns++;
            await Write(new(Turn: turn with { Inputs = [.. turn.Inputs.Select(input => Anonymous(input, secret))] }));
        }

        var entries = 0;
        foreach (var entry in await Ledger(connection, scope))
        {
            entries++;
            await Write(new(Entry: entry));
        }

        await Write(new(End: new RecordingEnd(turns, entries)));
        return TypedResults.Empty;
    }

    static RecordedBatch Recorded(Batch batch) => new(
        batch.Id, batch.Sku, batch.Quantity, batch.OpensAt, batch.ClosesAt, batch.LimitPerCustomer, batch.WaitingRoom,
        batch.Available, batch.Reserved, batch.Sold, batch.Withdrawn);

    static Input Anonymous(Input input, byte[] secret) => input.By is not { } by
        ? input
        : input with { By = by with { Customer = [.. by.Customer.Select(customer => Keyed(secret, customer))], Key = Keyed(secret, by.Key) } };

    static string Keyed(byte[] secret, string text) => Asker.Hex(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));

    // The turns that concern the sale, each with those of its inputs that do, and with who asked.
    static async IAsyncEnumerable<RecordedTurn> Turns(
        NpgsqlConnection connection, Scope scope, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var orders = new HashSet<Guid>();
        await foreach (var some in Pages(connection, scope.Market, scope.FirstTurn, cancellation))
        {
            var turns = some.ConvertAll(turn => turn with { Inputs = [.. turn.Inputs.Where(Concerns)] });
            var placed = turns.SelectMany(turn => turn.Inputs).Where(input => input is { Wanted: not null, Refused: null }).Select(input => input.Order!.Value);
            var askers = await Askers(connection, [.. placed]);
            foreach (var turn in turns.Where(turn => turn.Inputs.Count > 0))
                yield return turn with
                {
                    Inputs = [.. turn.Inputs.Select(input => input.By is null && askers.GetValueOrDefault(input.Order ?? default) is { } by && input.Wanted is not null
                        ? input with { By = by }
                        : input)],
                };
        }

        bool Concerns(Input input) => input switch
        {
            { Stock: { } stock } => scope.Batches.Exists(batch => batch.Id == stock.Batch),
            { Wanted: { } wanted } => wanted.Any(units => scope.Skus.Contains(units.Sku)) && (input.Refused is not null || orders.Add(input.Order!.Value)),
            _ => orders.Contains(input.Order ?? default),
        };
    }

    static async Task<Dictionary<Guid, Asker>> Askers(NpgsqlConnection connection, Guid[] ids)
    {
        if (ids.Length == 0)
            return [];
        await using var command = new NpgsqlCommand(
            """
            select id, customer_keys, idempotency_key, request_hash, placed_at, reserved_until, ticket, batch_id
            from orders left join used_tickets on order_id = id where id = any($1)
            """, connection) { CommandTimeout = Patience };
        command.Parameters.AddWithValue(ids);
        var askers = new Dictionary<Guid, Asker>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            askers.Add(row.GetGuid(0), new Asker(
                [.. row.GetFieldValue<string[]>(1).Select(Asker.Hash)], Asker.Hash(row.GetString(2)), Asker.Hex(row.GetFieldValue<byte[]>(3)),
                row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5), row.IsDBNull(6) ? null : row.GetGuid(6),
                row.IsDBNull(7) ? null : row.GetGuid(7)));
        return askers;
    }

    static Task<IEnumerable<RecordedEntry>> Ledger(NpgsqlConnection connection, Scope scope) => connection.QueryAsync<RecordedEntry>(
        "select batch_id as batch, order_id as \"order\", movement, units, at from stock_entries where batch_id = any(@batches) order by id",
        new { batches = scope.Batches.ConvertAll(batch => batch.Id) }, commandTimeout: Patience);

    static async IAsyncEnumerable<List<RecordedTurn>> Pages(
        NpgsqlConnection connection, string market, long from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var rows = (await connection.QueryAsync<(long Turn, DateTimeOffset At, string Inputs)>(
                "select turn, at, inputs from lane_inputs where market = @market and turn >= @from order by turn limit @TurnsAtOnce",
                new { market, from, TurnsAtOnce }, commandTimeout: Patience)).AsList();
            if (rows.Count > 0)
                yield return rows.ConvertAll(row => new RecordedTurn(row.Turn, row.At, LaneInputs.Read(row.Inputs)));
            if (rows.Count < TurnsAtOnce)
                break;
            from = rows[^1].Turn + 1;
        }

        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>What has to be played together: an order wants all of its SKUs or none, and a SKU is sold from several batches.</summary>
    sealed record Scope(string Market, List<Batch> Batches, HashSet<string> Skus, long FirstTurn, long Arrivals, bool IsWhole)
    {
        // From one SKU to those that were ever ordered together with it, until there is no other.
        public static async Task<Scope> Find(NpgsqlConnection connection, Batch asked, CancellationToken cancellation)
        {
            var skus = new HashSet<string>([asked.Sku]);
            while (true)
            {
                var batches = await OnSaleWith(connection, asked, skus);
                var ids = batches.Select(batch => batch.Id).ToHashSet();
                // A batch's release is the first thing that is recorded of it.
                var first = await FirstTurnOf(connection, asked.Market, batches);
                var (known, arrivals, released, placed) = (skus.Count, 0L, new HashSet<Guid>(), new HashSet<Guid>());
                await foreach (var turns in Pages(connection, asked.Market, first, cancellation))
                    foreach (var input in turns.SelectMany(turn => turn.Inputs))
                    {
                        if (input.Stock is { Movement: "released" } stock)
                            released.Add(stock.Batch);
                        if (input.Wanted is not { } wanted || !wanted.Any(units => skus.Contains(units.Sku)))
                            continue;
                        arrivals++;
                        skus.UnionWith(wanted.Select(units => units.Sku));
                        if (input.Refused is null)
                            placed.Add(input.Order!.Value);
                    }

                if (skus.Count > known)
                    continue;
                var sold = await connection.QueryAsync<Guid>(
                    "select distinct order_id from stock_entries where batch_id = any(@ids) and movement = 'reserved'",
                    new { ids = ids.ToArray() }, commandTimeout: Patience);
                return new Scope(asked.Market, batches, skus, first, arrivals, ids.IsSubsetOf(released) && placed.IsSupersetOf(sold));
            }
        }
    }

    // Those whose units moved since the earliest of them was released. What was over before then cannot have decided anything.
    static async Task<List<Batch>> OnSaleWith(NpgsqlConnection connection, Batch asked, HashSet<string> skus)
    {
        var all = (await connection.QueryAsync<(Guid Id, DateTimeOffset Released, DateTimeOffset Last)>(
            """
            select b.id, b.released_at, max(e.at) from batches b join stock_entries e on e.batch_id = b.id
            where b.market = @Market and b.sku = any(@skus) group by b.id, b.released_at
            """, new { asked.Market, skus = skus.ToArray() }, commandTimeout: Patience)).AsList();
        var batches = (await connection.QueryAsync<Batch>(
            $"select {Batch.Columns} from batches where market = @Market and sku = any(@skus) order by id",
            new { asked.Market, skus = skus.ToArray() })).ToDictionary(batch => batch.Id);

        var start = all.Single(batch => batch.Id == asked.Id).Released;
        for (var earlier = true; earlier;)
        {
            var together = all.Where(batch => batch.Last >= start || batches[batch.Id].Available > 0).ToList();
            var from = together.Min(batch => batch.Released);
            (earlier, start) = (from < start, from);
            if (!earlier)
                return together.ConvertAll(batch => batches[batch.Id]);
        }

        throw new InvalidOperationException("A batch shares its time with itself.");
    }

    // Where the first of them was released; turns are in the order of time, and one before is no harm.
    static async Task<long> FirstTurnOf(NpgsqlConnection connection, string market, List<Batch> batches) =>
        await connection.ExecuteScalarAsync<long?>(
            """
            select min(turn) from lane_inputs where market = @market
                and at >= (select min(released_at) from batches where id = any(@ids))
            """, new { market, ids = batches.ConvertAll(batch => batch.Id) }, commandTimeout: Patience) ?? 0;
}
