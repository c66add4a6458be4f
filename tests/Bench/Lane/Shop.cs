using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using MiStore.Checkout.Audit;
using MiStore.Checkout.Orders;
using MiStore.Messaging;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Bench.Lane;

/// <summary>A database as Checkout migrates it, with one hot SKU, and with orders of past days where a run asks for them.</summary>
sealed class Shop(string server, string name) : IAsyncDisposable
{
    /// <summary>More than any run can sell.</summary>
    const int Plenty = 1_000_000_000;

    static readonly DateTimeOffset LongAgo = new(2015, 5, 1, 0, 0, 0, TimeSpan.Zero);

    public string ConnectionString { get; } = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;

    /// <summary>The hot one.</summary>
    public Guid Batch { get; private init; } = Guid.CreateVersion7();

    /// <summary>One with few units, for the end of a sale.</summary>
    public Guid LastBatch { get; private init; } = Guid.CreateVersion7();

    public static async Task<Shop> Open(string server, string name, int existingOrders, int lastUnits)
    {
        var shop = new Shop(server, name);
        await OnServer(server, $"create database {name}");
        await Migrator.Migrate(shop.ConnectionString, NullLogger.Instance, typeof(UnitOfWork).Assembly, typeof(LaneStore).Assembly);

        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(shop.ConnectionString) { CommandTimeout = 0, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await Release(connection, shop.Batch, Buyer.HotSku, Plenty);
        await Release(connection, shop.LastBatch, Buyer.LastSku, lastUnits);
        if (existingOrders > 0)
            await SellLongAgo(connection, existingOrders);
        await connection.ExecuteAsync("vacuum analyze");
        await connection.ExecuteAsync("checkpoint;");
        return shop;
    }

    /// <summary>The same rows in a database of its own.</summary>
    public async Task<Shop> Copy(string copy)
    {
        await OnServer(server, $"create database {copy} template {name} strategy file_copy");
        return new Shop(server, copy) { Batch = Batch, LastBatch = LastBatch };
    }

    /// <summary>What the relay has done by the time a buyer looks again: there is no broker here.</summary>
    public Task EmptyOutbox() => Ask<int>("truncate outbox; select 0");

    /// <summary>How many orders of a batch the tables hold.</summary>
    public Task<long> Orders(Guid batch) =>
        Ask<long>("select count(*) from stock_entries join orders on orders.id = order_id where batch_id = @batch", new { batch });

    /// <summary>How many units of a batch are gone, by its own count.</summary>
    public Task<long> UnitsTaken(Guid batch) => Ask<long>("select quantity - available from batches where id = @batch", new { batch });

    /// <summary>Everything that <c>./mistore audit</c> asks of Checkout's own books; empty when they balance.</summary>
    public async Task<IReadOnlyList<string>> Audit()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        var differences = new List<string>();
        foreach (var question in AuditQuestions.All)
            differences.AddRange(await connection.QueryAsync<string>(question.Differences + " limit 5", commandTimeout: 600));
        return differences;
    }

    public async Task<T> Ask<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        return (await connection.ExecuteScalarAsync<T>(sql, parameters, commandTimeout: 600))!;
    }

    public async ValueTask DisposeAsync() => await OnServer(server, $"drop database if exists {name} with (force)");

    static Task Release(NpgsqlConnection connection, Guid id, string sku, int units) => connection.ExecuteAsync(
        """
        insert into batches (id, market, sku, quantity, opens_at, available, released_by, released_at)
        values (@id, @market, @sku, @units, @at, @units, 'bench', @at);
        insert into stock_entries (at, batch_id, movement, from_account, to_account, units)
        values (@at, @id, 'released', 'supply', 'available', @units)
        """, new { id, market = Buyer.Market, sku, units, at = LongAgo });

    /// <summary>Delivered long ago, with their ledger: what a shop has in its tables when the next sale begins.</summary>
    public static async Task SellLongAgo(NpgsqlConnection connection, int orders)
    {
        var batch = Guid.CreateVersion7();
        await Release(connection, batch, Buyer.OldSku, orders);
        await connection.ExecuteAsync(
            """
            set session_replication_role = replica; -- the foreign keys are right by construction; a million looks for one row
            insert into orders (
                id, number, market, status, idempotency_key, request_hash, email, customer_name, customer_keys, shipping_address,
                quote, total, currency, payment_token, payment_id, funds, placed_at, reserved_until, timeline)
            select overlay(md5(i::text) placing lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' from 1)::uuid,
                'US-' || upper(left(md5('number' || i), 14)), @market, 'delivered', gen_random_uuid()::text, sha256(i::text::bytea),
                'buyer' || i || '@example.org', 'Buyer ' || i, '{}', @address::jsonb,
                @quote::jsonb, @total, @currency, 'tok_ok', 'pi_' || md5('payment' || i), 'captured', at, at, @timeline::jsonb
            from (select i, @LongAgo + i * interval '2 seconds' as at from generate_series(1, @orders) i) past;
            insert into stock_entries (at, batch_id, order_id, movement, from_account, to_account, units)
            select placed_at, @batch, id, 'reserved', 'available', 'reserved', 1 from orders where status = 'delivered';
            insert into stock_entries (at, batch_id, order_id, movement, from_account, to_account, units)
            select placed_at, @batch, id, 'sold', 'reserved', 'sold', 1 from orders where status = 'delivered';
            update batches set available = 0, sold = quantity where id = @batch;
            set session_replication_role = origin;
            """, new
            {
                orders, batch, LongAgo, market = Buyer.Market, address = Buyer.AddressJson, quote = Buyer.OldQuoteJson,
                total = Buyer.OldQuote.Total.Amount, currency = Buyer.OldQuote.Currency, timeline = Buyer.TimelineJson,
            });
    }

    static async Task OnServer(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        NpgsqlConnection.ClearAllPools();
        await connection.ExecuteAsync(sql);
    }
}
