using System.ComponentModel.DataAnnotations;

namespace MiStore.Pricing.Quotes;

/// <summary>Section <c>Quotes</c> of the settings.</summary>
public sealed class QuoteOptions
{
    /// <summary>Seals the quotes. Checkout has the same, and nobody else.</summary>
    [Required, MinLength(32)]
    public string Key { get; init; } = "";

    /// <summary>How long a shopper may think about a quote.</summary>
    [Range(1, 24 * 60)]
    public int ValidMinutes { get; init; } = 15;
}
