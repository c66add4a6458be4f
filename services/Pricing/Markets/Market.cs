using MiStore.Contracts.Markets;

namespace MiStore.Pricing.Markets;

/// <summary>A shopfront that a shopper chooses.</summary>
/// <param name="Code">ISO 3166 country code; also the one country that the market delivers to.</param>
/// <param name="Languages">Two-letter codes; the first is the market's own.</param>
/// <param name="TimeZone">IANA name; what the calendar's wall times mean.</param>
/// <param name="TaxIncluded">Whether shown prices contain their tax.</param>
/// <param name="PostalCodePattern">A regular expression that the whole of a deliverable postal code matches.</param>
/// <param name="ShipsFrom">
/// ISO 3166 code of the country that parcels come from; no customs border lies between, so nothing is due on arrival.
/// </param>
/// <param name="SafetyRequired">Whether an offer there has to come with safety data.</param>
public sealed record Market(
    string Code, long Version, string Name, string Currency, string Locale, IReadOnlyList<string> Languages, string TimeZone,
    bool TaxIncluded, Seller Seller, string PostalCodePattern, MarketCalendar Calendar, string ShipsFrom,
    bool SafetyRequired = true)
{
    /// <summary>
    /// XR is a stage, on which launches are rehearsed: nobody's country (ISO 3166 leaves XA to XZ to their users), and no shopper
    /// is shown it.
    /// </summary>
    public bool IsRehearsal => Code == "XR";

    public MarketChanged Changed => new(Code, Version, Name, Currency, Locale, Languages, Calendar.PhaseStarts(), TimeZone);
}

/// <summary>The seller of record: whose name stands on the invoice.</summary>
public sealed record Seller(string Name, string Address);
