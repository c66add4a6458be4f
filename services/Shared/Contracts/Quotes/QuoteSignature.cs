namespace MiStore.Contracts.Quotes;

/// <summary>Seals a quote so that a client can carry it and cannot change it. Only Pricing and Checkout hold the key.</summary>
public sealed class QuoteSignature(string key)
{
    /// <summary>Longer than any quote of a full cart; whatever is longer is not one of ours.</summary>
    public const int MaxLength = 48 * 1024;

    readonly SealedJson<Quote> seal = new(key, MaxLength);

    public string Seal(Quote quote) => seal.Seal(quote);

    /// <summary>The quote, or null when the text is not one that we sealed.</summary>
    public Quote? Open(string text) => seal.Open(text);
}
