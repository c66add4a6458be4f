namespace MiStore.Local;

/// <summary>How long to wait before a crashed process is started again: half a second, doubling up to ten.</summary>
/// <param name="longest">Another limit than ten seconds: a drill crashes things more often than life does.</param>
sealed class BackOff(TimeSpan? longest = null)
{
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    static readonly TimeSpan Healed = TimeSpan.FromSeconds(10);

    readonly TimeSpan longest = longest ?? TimeSpan.FromSeconds(10);

    TimeSpan next = Shortest;

    /// <param name="lived">How long it was healthy this time; ten seconds of it and the past is forgotten.</param>
    public TimeSpan After(TimeSpan lived)
    {
        var pause = lived >= Healed ? Shortest : next;
        next = pause * 2 < longest ? pause * 2 : longest;
        return pause;
    }
}
