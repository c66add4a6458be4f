using System.ComponentModel.DataAnnotations;

namespace MiStore.Gateway.Shelf;

/// <summary>What we keep of listings and pictures (settings <c>Shelf:…</c>).</summary>
public sealed class ShelfOptions
{
    /// <summary>Memory for answers, in MiB; those that were not asked for the longest go first.</summary>
    [Range(1, 4096)]
    public int Megabytes { get; set; } = 64;

    /// <summary>How old an answer may be that is given while Catalog gives none, in minutes.</summary>
    [Range(0, 1440)]
    public int StaleMinutes { get; set; } = 60;

    /// <summary>Whoever waits for another's request waits so long, in seconds; then an old answer will do, or it asks for itself.</summary>
    [Range(1, 60)]
    public int PatienceSeconds { get; set; } = 2;
}
