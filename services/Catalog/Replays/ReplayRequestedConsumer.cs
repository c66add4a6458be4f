using MassTransit;
using MiStore.Catalog.Products;
using MiStore.Contracts.Replays;
using MiStore.Messaging;

namespace MiStore.Catalog.Replays;

/// <summary>Tells a service that lost its copies of our products all of them again.</summary>
public sealed class ReplayRequestedConsumer(Work work) : IConsumer<ReplayRequested>
{
    public const string Producer = "catalog";

    public async Task Consume(ConsumeContext<ReplayRequested> context)
    {
        if (context.Message.Producer != Producer)
            return;

        await using var unit = await work.Begin(context);
        if (unit.IsRepeat)
            return;

        var products = await Announcement.OfAll(unit);
        unit.Publish(products);
        unit.Publish(new ReplayFinished(context.Message.By, Producer, products.Count));
        await unit.Commit();
    }
}
