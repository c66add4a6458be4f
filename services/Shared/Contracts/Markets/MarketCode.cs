using System.Diagnostics.CodeAnalysis;

namespace MiStore.Contracts.Markets;

/// <summary>How a market is named in a URL or a body: two letters, any case, and UK is another name of GB.</summary>
public static class MarketCode
{
    /// <summary>The code as everybody stores it, or null when the text cannot be one.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Normalize(string? text) => text?.ToUpperInvariant() switch
    {
        "UK" => "GB",
        var code => code,
    };
}
