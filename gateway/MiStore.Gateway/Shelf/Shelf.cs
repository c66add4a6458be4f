using MassTransit;

namespace MiStore.Gateway.Shelf;

/// <summary>The listings and pictures that this gateway keeps in its own memory, and how it hears that they are old.</summary>
public static class Shelf
{
    public static void AddShelf(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ShelfOptions>().BindConfiguration("Shelf").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ShelfNews>();
        builder.Services.AddSingleton<ShelfMemory>();
        builder.Services.AddSingleton<ShelfKeeper>();
    }

    public static void AddShelfNews(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ListingChangedConsumer>();
        bus.AddReceiveEndpointObserver<ShelfListening>();
    }

    /// <summary>First of all: most requests end here.</summary>
    public static void UseKnownAnswers(this WebApplication app)
    {
        var shelf = app.Services.GetRequiredService<ShelfKeeper>();
        app.Use(next => http => shelf.HandleKnown(http, next));
    }

    /// <summary>Behind routing: whatever else may be answered from memory, and fills it.</summary>
    public static void UseShelf(this WebApplication app)
    {
        var shelf = app.Services.GetRequiredService<ShelfKeeper>();
        app.Use(next => http => shelf.Handle(http, next));
    }
}
