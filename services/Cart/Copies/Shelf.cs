using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;

namespace MiStore.Cart.Copies;

/// <summary>What a market has to say of some SKUs: its offers with their schedules, and what they are called.</summary>
/// <param name="Offers">By SKU.</param>
/// <param name="Names">By SKU, then by language.</param>
public sealed record Shelf(
    MarketChanged Market,
    IReadOnlyDictionary<string, OfferPublished> Offers,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Names)
{
    /// <summary>Whether there is such a product anywhere, sold in this market or not.</summary>
    public bool Knows(string sku) => Names.ContainsKey(sku) || Offers.ContainsKey(sku);

    /// <summary>By the clock: a boundary of the schedule takes effect at its instant, whether or not anything is heard then.</summary>
    public OfferTerms TermsOf(string sku, DateTimeOffset now) =>
        Offers.TryGetValue(sku, out var offer) ? offer.At(now) : OfferTerms.NotOffered;

    /// <summary>In the language asked for, else the market's own, else English; a product without a name goes by its SKU.</summary>
    public string NameOf(string sku, string? language)
    {
        if (!Names.TryGetValue(sku, out var names))
            return sku;

        return new[] { language?.Split('-')[0].ToLowerInvariant(), Market.Languages.FirstOrDefault(), "en" }
            .OfType<string>()
            .Select(names.GetValueOrDefault)
            .FirstOrDefault(name => name is not null) ?? sku;
    }
}
