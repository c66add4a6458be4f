using MassTransit;
using MiStore.Contracts.Offers;

namespace MiStore.Cart.Copies;

/// <summary>The terms on which a market sells a SKU have been decided anew.</summary>
public sealed class OfferPublishedConsumer(ShelfCopies copies) : IConsumer<OfferPublished>
{
    public Task Consume(ConsumeContext<OfferPublished> context) => copies.Keep(context.Message, context.CancellationToken);
}
