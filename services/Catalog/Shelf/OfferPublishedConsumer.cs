using System.Text.Json;
using Dapper;
using MassTransit;
using MiStore.Contracts.Listings;
using MiStore.Contracts.Offers;
using MiStore.Messaging;

namespace MiStore.Catalog.Shelf;

/// <summary>Keeps our copy of the terms on which a market sells a SKU, now and as far ahead as they are decided.</summary>
public sealed class OfferPublishedConsumer(Work work) : IConsumer<OfferPublished>
{
    public async Task Consume(ConsumeContext<OfferPublished> context)
    {
        await using var unit = await work.Begin(context);
        if (unit.IsRepeat)
            return;

        var offer = context.Message;
        // A SKU that we do not know yet is kept too: its product may be on its way. Then there is no slug.
        var changed = await unit.Connection.QueryAsync<string?>(
            """
            with kept as (
                insert into offers (market, sku, version, schedule, begins, shown)
                values (@Market, @Sku, @Version, @schedule::jsonb, @begins, @shown)
                on conflict (market, sku) do update set
                    version = excluded.version, schedule = excluded.schedule,
                    begins = excluded.begins, shown = excluded.shown
                where excluded.version > offers.version
                returning sku
            )
            select variants.product from kept left join variants using (sku)
            """,
            new
            {
                offer.Market, offer.Sku, offer.Version, schedule = JsonSerializer.Serialize(offer.Schedule),
                begins = offer.Schedule.Select(terms => terms.From.ToUniversalTime()).ToArray(),
                shown = offer.Schedule.Select(terms => terms.State != OfferState.NotOffered).ToArray(),
            },
            unit.Transaction);
        await unit.Connection.ExecuteAsync(
            """
            insert into boundaries (market, at) select @Market, at from unnest(@begins) as at where at > '-infinity'
            on conflict do nothing
            """,
            new { offer.Market, begins = offer.Schedule.Select(terms => terms.From.ToUniversalTime()).ToArray() }, unit.Transaction);
        unit.Publish(changed.Select(slug => new ListingChanged(offer.Market, slug)));

        await unit.Commit();
    }
}
