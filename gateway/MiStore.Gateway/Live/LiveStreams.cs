using Microsoft.Extensions.Options;
using MiStore.Gateway.Load;

namespace MiStore.Gateway.Live;

/// <summary>Counts the streams that are open, so that there are never more than agreed, and nobody has them all.</summary>
public sealed class LiveStreams(IOptions<LiveOptions> options)
{
    readonly Dictionary<Client, int> open = [];
    int all;

    public int Open => Volatile.Read(ref all);

    public bool TryOpen(Client client)
    {
        lock (open)
        {
            var its = open.GetValueOrDefault(client);
            if (all >= options.Value.MaxStreams || its >= options.Value.MaxStreamsPerClient)
                return false;
            open[client] = its + 1;
            all++;
            return true;
        }
    }

    public void Close(Client client)
    {
        lock (open)
        {
            all--;
            if (--open[client] == 0)
                open.Remove(client);
        }
    }
}
