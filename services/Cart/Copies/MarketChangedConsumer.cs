using MassTransit;
using MiStore.Contracts.Markets;

namespace MiStore.Cart.Copies;

/// <summary>A market is new, or is described anew.</summary>
public sealed class MarketChangedConsumer(ShelfCopies copies) : IConsumer<MarketChanged>
{
    public Task Consume(ConsumeContext<MarketChanged> context) => copies.Keep(context.Message, context.CancellationToken);
}
