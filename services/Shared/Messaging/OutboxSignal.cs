using System.Threading.Channels;

namespace MiStore.Messaging;

/// <summary>
/// Wakes the relay of this process when something was committed. Only a hint: a ring that is lost with the process is
/// made up for by the relay's own look every second. (Measured cheaper than LISTEN/NOTIFY, whose queue is one lock for
/// the whole server at every commit.)
/// </summary>
public sealed class OutboxSignal
{
    readonly Channel<bool> rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => rings.Writer.TryWrite(true);

    internal async Task Wait(TimeSpan atMost, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(atMost);
        try
        {
            await rings.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }
}
