using MassTransit;
using MiStore.Contracts.Listings;

namespace MiStore.Gateway.Shelf;

/// <summary>What we keep of a market's shelf is old when Catalog says that it shows something else now.</summary>
public sealed class ListingChangedConsumer(ShelfNews news) : IConsumer<ListingChanged>
{
    public Task Consume(ConsumeContext<ListingChanged> context)
    {
        news.Heard(context.Message.Market);
        return Task.CompletedTask;
    }
}
