namespace MiStore.Contracts.Markets;

/// <summary>How a market is named in a URL or a body: two letters, any case, and UK is another name of GB.</summary>
public static class MarketCode
{
    /// <summary>The code as everybody stores it, or null when the text cannot be one.</summary>
    public static string? Normalize(string? text) => text is [var first, var second] && char.IsAsciiLetter(first) && char.IsAsciiLetter(second)
        ? text.ToUpperInvariant() is var code && code == "UK" ? "GB" : code
        : null;
}
