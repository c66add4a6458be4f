using Dapper;
using MassTransit;
using MiStore.Contracts.Listings;
using MiStore.Contracts.Markets;
using MiStore.Messaging;

namespace MiStore.Catalog.Shelf;

/// <summary>Keeps our copy of which markets there are and which languages they speak.</summary>
public sealed class MarketChangedConsumer(Work work) : IConsumer<MarketChanged>
{
    public async Task Consume(ConsumeContext<MarketChanged> context)
    {
        await using var unit = await work.Begin(context);
        if (unit.IsRepeat)
            return;

        var market = context.Message;
        var changed = await unit.Connection.ExecuteAsync(
            """
            insert into markets (code, version, name, currency, locale, languages, time_zone)
            values (@Code, @Version, @Name, @Currency, @Locale, @languages, @TimeZone)
            on conflict (code) do update set
                version = excluded.version, name = excluded.name, currency = excluded.currency,
                locale = excluded.locale, languages = excluded.languages, time_zone = excluded.time_zone
            where excluded.version > markets.version
            """,
            new
            {
                market.Code, market.Version, market.Name, market.Currency, market.Locale, market.TimeZone,
                languages = market.Languages.ToArray(),
            },
            unit.Transaction);
        if (changed > 0)
            unit.Publish(new ListingChanged(market.Code, Slug: null));

        await unit.Commit();
    }
}
