using System.Collections.Concurrent;

namespace MiStore.Gateway.Shelf;

/// <summary>Equal only as long as there was no news of the market, and no gap in which there may have been.</summary>
public readonly record struct Edition(long Reading, long Number);

/// <summary>
/// How much news there has been of each market's shelf. An answer is kept with the edition in which its request began, so
/// one that was on its way while the news came is old when it arrives.
/// </summary>
public sealed class ShelfNews
{
    readonly ConcurrentDictionary<string, long> editions = new();
    long readings;
    volatile bool isListening;

    /// <summary>False while the broker is away: then there may be news that we have not heard.</summary>
    public bool IsListening => isListening;

    public Edition Edition(string market) => new(Interlocked.Read(ref readings), editions.GetValueOrDefault(market));

    public void Heard(string market) => editions.AddOrUpdate(market, 1, (_, edition) => edition + 1);

    public void StartListening()
    {
        Interlocked.Increment(ref readings);
        isListening = true;
    }

    public void StopListening()
    {
        isListening = false;
        Interlocked.Increment(ref readings);
    }
}
