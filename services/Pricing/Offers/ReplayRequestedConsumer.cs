using MassTransit;
using MiStore.Contracts.Replays;
using MiStore.Messaging;
using MiStore.Messaging.Replays;
using MiStore.Pricing.Markets;

namespace MiStore.Pricing.Offers;

/// <summary>Tells a service that lost its copies everything again: every market, every offer, and how many that was.</summary>
public sealed class ReplayRequestedConsumer(Work work, CopyKeeper copies) : IConsumer<ReplayRequested>
{
    public async Task Consume(ConsumeContext<ReplayRequested> context)
    {
        // Before we know every SKU our everything is not everything. Whoever asked will ask again.
        if (context.Message.Producer != "pricing" || !copies.IsWhole)
            return;

        await using var unit = await work.Begin(context);
        if (unit.IsRepeat)
            return;

        await OfferPublisher.Lock(unit);
        var markets = await MarketStore.List(unit.Connection);
        var offers = await OfferPublisher.All(unit);

        unit.Publish(markets.Select(market => market.Changed));
        unit.Publish(offers);
        unit.Publish(new ReplayFinished(context.Message.By, "pricing", markets.Count + offers.Count));
        await unit.Commit(context.CancellationToken);
    }
}
