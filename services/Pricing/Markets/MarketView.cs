using System.Text.Json.Serialization;
using MiStore.Contracts;
using MiStore.Contracts.Markets;

namespace MiStore.Pricing.Markets;

/// <summary>A market as shoppers see it at one moment.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Phase">Where the market is in its calendar at <paramref name="ServerTime"/>.</param>
/// <param name="TestSale">Null where there is none.</param>
/// <param name="ServerTime">Our clock, for a countdown that does not trust the shopper's.</param>
public sealed record MarketView(
    string Code, string Name, string Currency, string Locale, IReadOnlyList<string> Languages, string TimeZone,
    TaxDisplay TaxDisplay, MarketPhase Phase, DateTimeOffset OpensAt, TestSale? TestSale, DateTimeOffset ServerTime, Seller Seller)
{
    public static MarketView Of(Market market, DateTimeOffset now) => new(
        market.Code, market.Name, market.Currency, market.Locale, market.Languages, market.TimeZone,
        market.TaxIncluded ? TaxDisplay.Included : TaxDisplay.Excluded, market.Calendar.PhaseAt(now), market.Calendar.OpensAt,
        market.Calendar.TestSale, now, market.Seller);
}

/// <summary>Whether shown prices contain their tax.</summary>
[JsonConverter(typeof(KebabCase<TaxDisplay>))]
public enum TaxDisplay
{
    Included,
    Excluded,
}
