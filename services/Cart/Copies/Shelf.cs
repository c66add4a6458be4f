using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;

namespace MiStore.Cart.Copies;

/// <summary>What a market has to say of some SKUs: its offers with their schedules, what they are called, and their batches.</summary>
/// <param name="Offers">By SKU.</param>
/// <param name="Names">By SKU, then by language.</param>
/// <param name="Stock">By SKU; one of which there has never been a batch is not in it.</param>
public sealed record Shelf(
    MarketChanged Market,
    IReadOnlyDictionary<string, OfferPublished> Offers,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Names,
    IReadOnlyDictionary<string, AvailabilityChanged> Stock)
{
    /// <summary>Whether there is such a product anywhere, sold in this market or not.</summary>
    public bool Knows(string sku) => Names.ContainsKey(sku) || Offers.ContainsKey(sku);

    /// <summary>
    /// By the clock: a boundary of the schedule takes effect at its instant, whether or not anything is heard then. What is
    /// for sale but waits for its next batch is upcoming, as it is on the shelf; sold out is for the order to say.
    /// </summary>
    public OfferTerms TermsOf(string sku, DateTimeOffset now)
    {
        var terms = Offers.TryGetValue(sku, out var offer) ? offer.At(now) : OfferTerms.NotOffered;
        return terms.State == OfferState.Sellable && Stock.TryGetValue(sku, out var stock)
            && stock.At(now) is null && stock.NextOpeningAfter(now) is { } opening
            ? terms with { State = OfferState.Upcoming, AvailableFrom = opening }
            : terms;
    }

    /// <summary>Two letters: the language asked for, else the market's own.</summary>
    public string LanguageFor(string? asked) => asked?.Split('-')[0].ToLowerInvariant() ?? Market.Languages.FirstOrDefault() ?? "en";

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
