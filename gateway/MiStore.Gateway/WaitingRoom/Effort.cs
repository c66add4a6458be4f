using System.Numerics;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// What a place costs whoever asks for it, besides asking; pure. The first few of a network cost nothing. Beyond them each doubling
/// of the places that it holds doubles the work; and while tickets of the sale are taken in a rush, only the first of a network is
/// free, and the work doubles with each doubling of the rush.
/// </summary>
public static class Effort
{
    /// <param name="places">Places that the network has taken and not yet got back by waiting.</param>
    /// <param name="perSecond">Tickets of this sale that are taken in a second.</param>
    /// <returns>Leading zero bits of the hash that is asked for; 0 for none.</returns>
    public static int Bits(long places, double perSecond, RoomOptions options)
    {
        var free = Free(perSecond, options);
        return places < free
            ? 0
            : Math.Min(options.MostBits, options.LeastBits + BitOperations.Log2((ulong)(places / free)) + Math.Max(0, Rush(perSecond, options) - 1));
    }

    /// <summary>
    /// With how many places a network may have one more, for who has done so much. It is a doubling more than was asked for: whoever
    /// has worked is not sent back because others were quicker.
    /// </summary>
    /// <param name="bits">Of the puzzle that was solved; 0 without one.</param>
    public static long Places(int bits, double perSecond, RoomOptions options)
    {
        var doublings = bits == 0 ? 0 : bits - options.LeastBits - Math.Max(0, Rush(perSecond, options) - 1) + 2;
        return bits >= options.MostBits ? options.PlacesPerNetwork : Free(perSecond, options) << Math.Clamp(doublings, 0, 20);
    }

    /// <summary>For who cannot or would not compute: a pause that doubles as the work does.</summary>
    public static TimeSpan Pause(int bits, RoomOptions options) =>
        TimeSpan.FromSeconds((double)options.PauseSeconds * (1 << Math.Clamp(bits - options.LeastBits, 0, 3)));

    static long Free(double perSecond, RoomOptions options) => Rush(perSecond, options) > 0 ? 1 : options.FreePlaces;

    static int Rush(double perSecond, RoomOptions options) =>
        perSecond <= options.RushPerSecond ? 0 : 1 + (int)Math.Log2(perSecond / options.RushPerSecond);
}

/// <summary>How quickly something happens, of late; pure.</summary>
/// <param name="PerSecond">As of <paramref name="At"/>; it halves in seven seconds of silence.</param>
public readonly record struct Rate(DateTimeOffset At, double PerSecond)
{
    const double Memory = 10; // seconds

    public double AsOf(DateTimeOffset now) => now <= At ? PerSecond : PerSecond * Math.Exp(-(now - At).TotalSeconds / Memory);

    /// <summary>It has happened once more.</summary>
    public Rate Again(DateTimeOffset now) => new(now > At ? now : At, AsOf(now) + 1 / Memory);
}
