namespace MiStore.Local;

/// <summary>How long to wait before a crashed process is started again: half a second, doubling up to ten.</summary>
sealed class BackOff
{
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    TimeSpan next = Shortest;

    /// <param name="lived">How long it was healthy this time; ten seconds of it and the past is forgotten.</param>
    public TimeSpan After(TimeSpan lived)
    {
        var pause = lived >= Longest ? Shortest : next;
        next = pause * 2 < Longest ? pause * 2 : Longest;
        return pause;
    }
}
