using MassTransit;
using Microsoft.AspNetCore.OutputCaching;

namespace MiStore.Gateway.Shelf;

/// <summary>The listings and pictures that this gateway keeps in its own memory, and how it hears that they are old.</summary>
public static class Shelf
{
    public static void AddShelf(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ShelfNews>();
        builder.Services.AddSingleton<ShelfCache>();
        builder.Services.AddOutputCache();
        builder.Services.AddOptions<OutputCacheOptions>().Configure<ShelfCache>((cache, shelf) =>
        {
            cache.AddBasePolicy(shelf);
            cache.UseCaseSensitivePaths = true;
            cache.MaximumBodySize = 2 * 1024 * 1024;
            cache.SizeLimit = 64 * 1024 * 1024;
        });
    }

    public static void AddShelfNews(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ListingChangedConsumer>();
        bus.AddReceiveEndpointObserver<ShelfListening>();
    }
}
