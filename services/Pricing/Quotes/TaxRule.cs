using System.Globalization;

namespace MiStore.Pricing.Quotes;

/// <summary>What tax a destination asks for.</summary>
/// <param name="Region">State code; empty where the whole market has one rule.</param>
/// <param name="Name">As the buyer reads it, in the market's language.</param>
/// <param name="Rate">A fraction: 0.19 is 19 %.</param>
/// <param name="HasNexus">Whether the seller has to collect the tax there at all.</param>
public sealed record TaxRule(string Region, string Name, decimal Rate, bool ShippingTaxed, bool HasNexus)
{
    public decimal Collected => HasNexus ? Rate : 0;

    /// <summary>Such as "0.20" or "0.06875".</summary>
    public string RateText => Collected.ToString("0.00###", CultureInfo.InvariantCulture);
}
