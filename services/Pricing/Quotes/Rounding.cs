using MiStore.Contracts;

namespace MiStore.Pricing.Quotes;

/// <summary>
/// The one place where money is rounded: to the smallest unit, half away from zero, once per line and once for
/// shipping; sums are sums of rounded amounts, so parts and totals agree to the cent. The README has the rule per market.
/// </summary>
public static class Rounding
{
    /// <summary>The tax that a shown price contains.</summary>
    /// <param name="rate">A fraction: 0.19 is 19 %.</param>
    public static Money TaxWithin(Money gross, decimal rate) => gross - Nearest(gross.Amount / (1 + rate), gross.Currency);

    /// <summary>The tax that comes on top of a shown price.</summary>
    /// <param name="rate">A fraction: 0.0725 is 7.25 %.</param>
    public static Money TaxOnTop(Money net, decimal rate) => Nearest(net.Amount * rate, net.Currency);

    static Money Nearest(decimal smallestUnits, string currency) =>
        new((long)Math.Round(smallestUnits, MidpointRounding.AwayFromZero), currency);
}
