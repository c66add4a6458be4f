using System.ComponentModel.DataAnnotations;

namespace MiStore.Gateway.Load;

/// <summary>When the store is too busy for more (settings <c>Load:…</c>).</summary>
public sealed class LoadOptions
{
    /// <summary>
    /// Answers that take longer than this, in milliseconds, are late. While most are late we let fewer requests in: more would
    /// only wait longer, and be given up on.
    /// </summary>
    [Range(1, 60_000)]
    public int LateMilliseconds { get; set; } = 100;

    /// <summary>Requests that may be under way whatever happens: a slow machine with few shoppers refuses nobody.</summary>
    [Range(1, 100_000)]
    public int Least { get; set; } = 128;

    /// <summary>Requests that are ever let in at once.</summary>
    [Range(1, 100_000)]
    public int Most { get; set; } = 1024;

    /// <summary>Orders that may be waited for at once (<c>Prefer: wait</c>): they cost a connection, and no work.</summary>
    [Range(0, 1_000_000)]
    public int MostWaiting { get; set; } = 10_000;
}
