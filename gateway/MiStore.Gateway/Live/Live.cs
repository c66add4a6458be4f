using MassTransit;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;
using MiStore.Messaging.Replays;

namespace MiStore.Gateway.Live;

/// <summary>Live updates of the markets, from the news that every instance of the gateway hears.</summary>
public static class Live
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LiveOptions>().BindConfiguration("Live").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<LiveFrames>();
        builder.Services.AddSingleton<LiveStreams>();
        builder.Services.AddSingleton<LiveMarkets>();
        builder.Services.AddHostedService<LivePulse>();

        // Not a health check here: the shop sells without live updates.
        builder.Services.AddSingleton<ICopies>(services => services.GetRequiredService<LiveMarkets>());
        builder.Services.AddSingleton(new ServiceName("gateway"));
        builder.Services.AddHostedService<CopyKeeper>();
    }

    public static void AddLiveNews(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<MarketChangedConsumer>();
        bus.AddConsumer<OfferPublishedConsumer>();
        bus.AddConsumer<AvailabilityChangedConsumer>();
        bus.AddConsumer<ReplayFinishedConsumer>();
        bus.AddReceiveEndpointObserver<LiveListening>();
    }
}

/// <summary>A market has another calendar, or there is a new one.</summary>
public sealed class MarketChangedConsumer(LiveMarkets live) : LiveConsumer<MarketChanged>(live);

/// <summary>The terms on which a market sells a SKU have been decided anew.</summary>
public sealed class OfferPublishedConsumer(LiveMarkets live) : LiveConsumer<OfferPublished>(live);

/// <summary>More or less of a SKU is left in a market.</summary>
public sealed class AvailabilityChangedConsumer(LiveMarkets live) : LiveConsumer<AvailabilityChanged>(live);

/// <summary>Passes a fact on; <see cref="LivePulse"/> does the rest.</summary>
public abstract class LiveConsumer<T>(LiveMarkets live) : IConsumer<T> where T : class
{
    public Task Consume(ConsumeContext<T> context)
    {
        live.Hear(context.Message);
        return Task.CompletedTask;
    }
}

/// <summary>While a queue of ours was not read, there may have been news: everything is asked for again.</summary>
sealed class LiveListening(LiveMarkets live) : IReceiveEndpointObserver
{
    public Task Ready(ReceiveEndpointReady ready) => Doubt();

    public Task Faulted(ReceiveEndpointFaulted faulted) => Doubt();

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    Task Doubt()
    {
        live.Doubt();
        return Task.CompletedTask;
    }
}
