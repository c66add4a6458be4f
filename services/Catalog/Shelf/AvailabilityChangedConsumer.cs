using System.Text.Json;
using Dapper;
using MassTransit;
using MiStore.Contracts.Listings;
using MiStore.Contracts.Stock;
using MiStore.Messaging;

namespace MiStore.Catalog.Shelf;

/// <summary>Keeps our copy of how much of a SKU a market has left.</summary>
public sealed class AvailabilityChangedConsumer(Work work) : IConsumer<AvailabilityChanged>
{
    public async Task Consume(ConsumeContext<AvailabilityChanged> context)
    {
        await using var unit = await work.Begin(context);
        if (unit.IsRepeat)
            return;

        var stock = context.Message;
        var changed = await unit.Connection.QueryAsync<string?>(
            """
            with kept as (
                insert into availability (market, sku, version, batches) values (@Market, @Sku, @Version, @batches::jsonb)
                on conflict (market, sku) do update set version = excluded.version, batches = excluded.batches
                where excluded.version > availability.version
                returning sku
            )
            select variants.product from kept left join variants using (sku)
            """,
            new { stock.Market, stock.Sku, stock.Version, batches = JsonSerializer.Serialize(stock.Batches) },
            unit.Transaction);
        unit.Publish(changed.Select(slug => new ListingChanged(stock.Market, slug)));

        await unit.Commit();
    }
}
