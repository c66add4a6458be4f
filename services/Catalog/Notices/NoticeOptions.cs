using System.ComponentModel.DataAnnotations;

namespace MiStore.Catalog.Notices;

/// <summary>Settings under <c>Notices</c>.</summary>
public sealed record NoticeOptions
{
    /// <summary>Signs the links in mails.</summary>
    [Required, MinLength(32)]
    public string Key { get; init; } = "";

    /// <summary>Where the public reaches the store; links in mails begin with it.</summary>
    [Required, Url]
    public string StoreUrl { get; init; } = "";

    /// <summary>As many are told at once while there is much; while there is little, a tenth of them.</summary>
    [Range(1, 10_000)]
    public int WaveSize { get; init; } = 200;

    /// <summary>Time for one wave to buy before the next is told.</summary>
    [Range(0, 86_400)]
    public int WavePauseSeconds { get; init; } = 60;

    /// <summary>How often one address can be put down within a day; what is asked beyond that is passed over in silence.</summary>
    [Range(1, 100)]
    public int AsksADay { get; init; } = 5;
}
