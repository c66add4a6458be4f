using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;

namespace MiStore.Bench.Purchases;

/// <summary>
/// The reference: what PostgreSQL itself can do with the least that an order is, on the server that the store uses. One order row,
/// one line row and one of four rows of stock in one transaction, by pgbench with 16 connections; fsync as the store has it.
/// </summary>
sealed class OrderTransactions(string server) : IAsyncDisposable
{
    const string Database = "order_transactions";

    // The hot row last, so that it is locked for as short as it can be.
    const string Script =
        """
        \set sku random(1, 4)
        begin;
        insert into orders (placed_at) values (now()) returning id \gset
        insert into order_lines (order_id, sku, units) values (:id, :sku, 1);
        update stock set available = available - 1 where sku = :sku;
        commit;
        """;

    readonly string script = Path.GetTempFileName();

    public static async Task<OrderTransactions> Prepare(string server)
    {
        await using var connection = new NpgsqlConnection($"{server};Database=postgres;Pooling=false");
        await connection.ExecuteAsync($"create database {Database}");
        await using var db = new NpgsqlConnection($"{server};Database={Database};Pooling=false");
        await db.ExecuteAsync(
            """
            create table orders (id bigint generated always as identity primary key, placed_at timestamptz not null);
            create table order_lines (order_id bigint not null, sku int not null, units int not null, primary key (order_id, sku));
            create table stock (sku int primary key, available int not null check (available >= 0)) with (fillfactor = 50);
            insert into stock select sku, 1000000000 from generate_series(1, 4) sku;
            """);
        var reference = new OrderTransactions(server);
        await File.WriteAllTextAsync(reference.script, Script);
        return reference;
    }

    /// <returns>Transactions a second.</returns>
    public async Task<double> Measure(int seconds)
    {
        var address = new NpgsqlConnectionStringBuilder(server);
        using var process = Process.Start(new ProcessStartInfo(
            Program, ["-n", "-c", "16", "-j", "2", "-T", $"{seconds}", "-f", script, "-h", address.Host!, "-p", $"{address.Port}", "-U", address.Username!, Database])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["PGPASSWORD"] = address.Password },
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var says = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var figure = says.Split('\n').FirstOrDefault(line => line.StartsWith("tps = ", StringComparison.Ordinal));
        return figure is null
            ? throw new InvalidOperationException($"pgbench: {says}{await error}")
            : double.Parse(figure.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(script);
        return ValueTask.CompletedTask;
    }

    // Debian keeps PostgreSQL's programs by its version; its wrapper on the path looks for clusters of Debian's own.
    static string Program => (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .Order().Select(version => Path.Combine(version, "bin", "pgbench")).LastOrDefault(File.Exists) ?? "pgbench";
}
