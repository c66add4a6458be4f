using MassTransit;
using MiStore.Contracts.Stock;

namespace MiStore.Cart.Copies;

/// <summary>A batch was released, or there is less of one, or more.</summary>
public sealed class AvailabilityChangedConsumer(ShelfCopies copies) : IConsumer<AvailabilityChanged>
{
    public Task Consume(ConsumeContext<AvailabilityChanged> context) => copies.Keep(context.Message, context.CancellationToken);
}
