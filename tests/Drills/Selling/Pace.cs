namespace MiStore.Drills.Selling;

/// <summary>
/// How far a sale has come, counted in attempts and not in seconds: so the same seed strikes at the same point of the
/// sale on a fast machine and on a slow one. Buyers wait at the gate while the next victim is not back yet.
/// </summary>
public sealed class Pace(int demand)
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    int started, finished, gate = int.MaxValue;
    volatile bool closed;

    public int Finished => Volatile.Read(ref finished);

    public bool IsOver => closed || Volatile.Read(ref started) >= demand;

    /// <summary>No attempt with this number or a later one begins.</summary>
    public int Gate
    {
        get => Volatile.Read(ref gate);
        set => Volatile.Write(ref gate, value);
    }

    /// <summary>Nobody begins to buy any more.</summary>
    public void Close() => closed = true;

    /// <returns>The number of the next attempt; null when there are no more.</returns>
    public async Task<int?> Next(CancellationToken cancellation)
    {
        while (!closed)
        {
            var number = Volatile.Read(ref started);
            if (number >= demand)
                return null;
            if (number >= Gate)
                await Task.Delay(Look, cancellation);
            else if (Interlocked.CompareExchange(ref started, number + 1, number) == number)
                return number;
        }

        return null;
    }

    public void Finish() => Interlocked.Increment(ref finished);

    public async Task Until(int count, CancellationToken cancellation)
    {
        while (Finished < count && !(IsOver && Finished >= Volatile.Read(ref started)))
            await Task.Delay(Look, cancellation);
    }
}
