using MiStore.Contracts;
using MiStore.Contracts.Quotes;

namespace MiStore.Pricing.Quotes;

/// <summary>What is asked for, at the price in force.</summary>
/// <param name="ShipsFrom">Country; null where nobody has to know.</param>
/// <param name="HsCode">Null where it is not known.</param>
public sealed record PricedLine(
    string Sku, string Name, int Quantity, Money UnitPrice, string? ShipsFrom = null, string? HsCode = null);

/// <summary>
/// The whole sum. Always: the lines' taxes and the tax on shipping make the tax, the tax lines make the tax, and
/// subtotal + shipping (+ tax, where prices do not contain it) make the total.
/// </summary>
public sealed record Totals(
    IReadOnlyList<QuoteLine> Lines, Money Subtotal, Money Shipping, Money ShippingTax, Money Tax,
    IReadOnlyList<TaxLine> TaxLines, Money Total)
{
    /// <summary>What customs will ask for: nothing, since a market ships from within its own customs area (see AddMarket).</summary>
    public Money Duty => Money.Zero(Total.Currency);

    /// <summary>What customs will ask for in tax: nothing, for the same reason.</summary>
    public Money ImportTax => Money.Zero(Total.Currency);

    /// <param name="lines">At least one; all in the currency of <paramref name="shipping"/>.</param>
    /// <param name="shipping">Shown price of the shipping method, after any free-shipping threshold.</param>
    public static Totals Of(bool taxIncluded, TaxRule rule, IReadOnlyList<PricedLine> lines, Money shipping)
    {
        Money TaxOf(Money shown) =>
            taxIncluded ? Rounding.TaxWithin(shown, rule.Collected) : Rounding.TaxOnTop(shown, rule.Collected);

        var zero = Money.Zero(shipping.Currency);
        var priced = lines.Select(line =>
        {
            var lineTotal = line.UnitPrice * line.Quantity;
            return new QuoteLine(line.Sku, line.Name, line.Quantity, line.UnitPrice, lineTotal, TaxOf(lineTotal), line.ShipsFrom, line.HsCode);
        }).ToList();

        var subtotal = priced.Aggregate(zero, (sum, line) => sum + line.LineTotal);
        var shippingTax = rule.ShippingTaxed ? TaxOf(shipping) : zero;
        var tax = priced.Aggregate(shippingTax, (sum, line) => sum + line.Tax);
        var taxed = rule.ShippingTaxed ? subtotal + shipping : subtotal;

        return new Totals(
            priced, subtotal, shipping, shippingTax, tax,
            rule.Collected == 0 ? [] : [new TaxLine(rule.Name, rule.RateText, taxIncluded ? taxed - tax : taxed, tax)],
            taxIncluded ? subtotal + shipping : subtotal + shipping + tax);
    }
}
