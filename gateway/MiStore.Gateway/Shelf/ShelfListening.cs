using MassTransit;

namespace MiStore.Gateway.Shelf;

/// <summary>Notes whether our queue is being read, as the transport itself reports it.</summary>
sealed class ShelfListening(ShelfNews news) : IReceiveEndpointObserver
{
    public Task Ready(ReceiveEndpointReady ready) => Note(news.StartListening, ready.InputAddress);

    public Task Faulted(ReceiveEndpointFaulted faulted) => Note(news.StopListening, faulted.InputAddress);

    public Task Stopping(ReceiveEndpointStopping stopping) => Note(news.StopListening, stopping.InputAddress);

    public Task Completed(ReceiveEndpointCompleted completed) => Note(news.StopListening, completed.InputAddress);

    // The bus has an endpoint of its own, for answers; only the one with the news counts.
    static Task Note(Action change, Uri address)
    {
        if (address.AbsolutePath.Contains("listing-changed", StringComparison.Ordinal))
            change();
        return Task.CompletedTask;
    }
}
