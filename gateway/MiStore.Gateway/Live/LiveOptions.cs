using System.ComponentModel.DataAnnotations;

namespace MiStore.Gateway.Live;

/// <summary>How many may follow, and how patient we are with them (settings <c>Live:…</c>).</summary>
public sealed class LiveOptions
{
    /// <summary>Streams that are open at once, over all markets; beyond them 503 and a time after which to poll.</summary>
    [Range(0, 1_000_000)]
    public int MaxStreams { get; set; } = 10_000;

    /// <summary>Of these, how many one client may have: an IPv4 address, or the /64 of an IPv6 address.</summary>
    [Range(1, 1_000_000)]
    public int MaxStreamsPerClient { get; set; } = 200;

    /// <summary>Silence after which a comment is sent, in seconds. Proxies between us and a browser often close after 30 to 60.</summary>
    [Range(1, 300)]
    public int HeartbeatSeconds { get; set; } = 15;

    /// <summary>Who takes longer than this to take what there is, in seconds, is let go: it may come back and is told what it missed.</summary>
    [Range(1, 300)]
    public int PatienceSeconds { get; set; } = 10;

    /// <summary>Seconds after which a page without a stream may ask for the listing again; told with up to as much again, so that not all come at once.</summary>
    [Range(1, 3600)]
    public int PollAfterSeconds { get; set; } = 5;
}
