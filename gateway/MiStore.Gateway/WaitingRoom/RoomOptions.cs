using System.ComponentModel.DataAnnotations;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>Settings of the waiting room, under <c>WaitingRoom</c>.</summary>
public sealed class RoomOptions
{
    /// <summary>Makes the seeds of all draws. Required, and for ever: with another key nobody could verify an old sale.</summary>
    [Required, MinLength(32)]
    public string SeedKey { get; set; } = "";

    /// <summary>
    /// Places in one sale that a network (an IPv4 address, an IPv6 /64) may take at once: an office, a dormitory. Networks that
    /// the rate limits exempt are not counted here either.
    /// </summary>
    [Range(1, 1_000_000)]
    public int PlacesPerNetwork { get; set; } = 32;

    /// <summary>After that it may take one in so many seconds.</summary>
    [Range(0, 3600)]
    public int SecondsPerPlace { get; set; } = 20;

    /// <summary>Places that a network may have before more of them cost work (<see cref="Effort"/>): a family.</summary>
    [Range(1, 1_000_000)]
    public int FreePlaces { get; set; } = 4;

    /// <summary>Zero bits of the easiest puzzle: 14 are 16,000 hashes, a fraction of a second on a telephone.</summary>
    [Range(1, 24)]
    public int LeastBits { get; set; } = 14;

    /// <summary>And of the hardest, up to which work grows: 20 are a million.</summary>
    [Range(1, 24)]
    public int MostBits { get; set; } = 20;

    /// <summary>Who cannot compute waits so long for the easiest, and up to eight times as long.</summary>
    [Range(1, 120)]
    public int PauseSeconds { get; set; } = 30;

    /// <summary>Tickets of one sale in a second, at one gateway, beyond which it is a rush.</summary>
    [Range(1, 1_000_000)]
    public int RushPerSecond { get; set; } = 500;

    /// <summary>Requests that may be held at once for <c>Prefer: wait</c>; more are answered at once.</summary>
    [Range(0, 1_000_000)]
    public int MostHeld { get; set; } = 20_000;

    /// <summary>A Redis that takes longer to answer, in seconds, is away: whoever asked is told to come back.</summary>
    [Range(1, 60)]
    public int PatienceSeconds { get; set; } = 3;

    /// <summary>How often in a row a ticket may ask sooner than it was told; one more comes with each minute.</summary>
    [Range(0, 1_000_000)]
    public int EarlyAsks { get; set; } = 5;
}
