using System.Text.Json;
using Dapper;
using MassTransit;
using MiStore.Contracts.Stock;
using Npgsql;

namespace MiStore.Pricing.Readiness;

/// <summary>Keeps the newest of what Checkout says is left; late and repeated news changes nothing.</summary>
public sealed class AvailabilityChangedConsumer(NpgsqlDataSource db) : IConsumer<AvailabilityChanged>
{
    public async Task Consume(ConsumeContext<AvailabilityChanged> context)
    {
        var stock = context.Message;
        await using var connection = await db.OpenConnectionAsync(context.CancellationToken);
        await connection.ExecuteAsync(
            """
            insert into stock as known (market, sku, version, batches) values (@Market, @Sku, @Version, @batches::jsonb)
            on conflict (market, sku) do update set version = excluded.version, batches = excluded.batches
            where excluded.version > known.version
            """,
            new { stock.Market, stock.Sku, stock.Version, batches = JsonSerializer.Serialize(stock.Batches) });
    }
}
