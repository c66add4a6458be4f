using MassTransit;
using MiStore.Contracts.Products;

namespace MiStore.Cart.Copies;

/// <summary>A product is new, or its variants or their names have changed.</summary>
public sealed class ProductPublishedConsumer(ShelfCopies copies) : IConsumer<ProductPublished>
{
    public Task Consume(ConsumeContext<ProductPublished> context) => copies.Keep(context.Message, context.CancellationToken);
}
