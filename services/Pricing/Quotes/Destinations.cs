using System.Text.RegularExpressions;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Quotes;
using MiStore.Pricing.Markets;

namespace MiStore.Pricing.Quotes;

/// <summary>Where a market delivers: in its own country, and there where a tax rule and the postal codes say so.</summary>
public static class Destinations
{
    // The pattern is ours and the text is short; this is for the day when somebody writes a bad pattern. It is time on the clock, and
    // on a busy machine a thread may wait a tenth of a second in the middle of a match that takes none: a quote failed of it.
    static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(5);

    /// <param name="rules">The market's tax rules; those with a region make a region necessary.</param>
    /// <param name="rule">The tax rule that holds at the destination.</param>
    /// <param name="why">Why the market does not deliver there.</param>
    public static Destination? Find(
        Market market, IReadOnlyCollection<TaxRule> rules, string country, string? region, string? postalCode,
        out TaxRule? rule, out string? why)
    {
        rule = null;
        why = null;
        if (MarketCode.Normalize(country) != market.Code)
        {
            why = $"{market.Code} delivers within {market.Code} only.";
            return null;
        }

        // A region that no tax asks for is not kept: Checkout compares what we keep with the address.
        region = rules.All(known => known.Region.Length == 0) ? null : region?.Trim().ToUpperInvariant() ?? "";
        rule = rules.FirstOrDefault(known => known.Region == (region ?? ""));
        if (rule is null)
        {
            why = $"The destination needs a region that {market.Code} delivers to, such as {rules.Min(known => known.Region)}.";
            return null;
        }

        postalCode = postalCode?.Trim().ToUpperInvariant();
        if (postalCode is not null && !Regex.IsMatch(postalCode, $@"\A(?:{market.PostalCodePattern})\z", RegexOptions.CultureInvariant, LongestMatch))
        {
            why = $"{market.Code} does not deliver to this postal code.";
            return null;
        }

        return new Destination(market.Code, region, postalCode);
    }
}
