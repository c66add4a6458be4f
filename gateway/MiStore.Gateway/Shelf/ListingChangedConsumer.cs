using MassTransit;
using Microsoft.AspNetCore.OutputCaching;
using MiStore.Contracts.Listings;

namespace MiStore.Gateway.Shelf;

/// <summary>Forgets what we keep of a market's shelf when Catalog says that it shows something else now.</summary>
public sealed class ListingChangedConsumer(ShelfNews news, IOutputCacheStore store) : IConsumer<ListingChanged>
{
    public async Task Consume(ConsumeContext<ListingChanged> context)
    {
        // This alone makes the old answers unreachable; the second line gives their memory back.
        news.Heard(context.Message.Market);
        await store.EvictByTagAsync(ShelfCache.TagOf(context.Message.Market), context.CancellationToken);
    }
}
