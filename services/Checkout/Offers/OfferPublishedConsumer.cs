using System.Text.Json;
using Dapper;
using MassTransit;
using MiStore.Contracts.Offers;
using Npgsql;

namespace MiStore.Checkout.Offers;

/// <summary>Keeps the newest offer of each SKU; late and repeated news changes nothing.</summary>
public sealed class OfferPublishedConsumer(NpgsqlDataSource db) : IConsumer<OfferPublished>
{
    public async Task Consume(ConsumeContext<OfferPublished> context)
    {
        var offer = context.Message;
        await using var connection = await db.OpenConnectionAsync(context.CancellationToken);
        await connection.ExecuteAsync(
            """
            insert into offers as known (market, sku, version, schedule) values (@Market, @Sku, @Version, @schedule::jsonb)
            on conflict (market, sku) do update set version = excluded.version, schedule = excluded.schedule
            where excluded.version > known.version
            """,
            new { offer.Market, offer.Sku, offer.Version, schedule = JsonSerializer.Serialize(offer.Schedule) });
    }
}
