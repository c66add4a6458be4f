using FsCheck;
using FsCheck.Fluent;
using MiStore.Contracts;
using MiStore.Pricing.Quotes;

namespace MiStore.Pricing.Tests.Quotes;

/// <summary>Whatever is bought, wherever it goes: the parts equal the whole, to the cent.</summary>
public sealed class Every_cart_adds_up
{
    const int Carts = 100_000;
    const ulong Seed = 20150601;

    sealed record Cart(string Market, TaxRule Rule, IReadOnlyList<PricedLine> Lines, Money Shipping);

    static readonly Gen<Cart> AnyCart =
        // Every market as often as the others, though one of them has 51 rules.
        from market in Gen.Elements("US", "GB", "DE", "FR")
        from tax in Gen.Elements(SeededTaxes.All.Where(tax => tax.Market == market).ToArray())
        from count in Gen.Choose(1, 50)
        from prices in Gen.Choose(1, 100_000).ArrayOf(count)
        from quantities in Gen.Choose(1, 99).ArrayOf(count)
        from shipping in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 5_000))
        select new Cart(
            market, tax.Rule,
            [.. prices.Zip(quantities, (price, quantity) => new PricedLine("SKU", "Name", quantity, new Money(price, tax.Currency)))],
            new Money(shipping, tax.Currency));

    [Fact]
    public void In_all_four_markets() => Prop
        .ForAll(AnyCart.ToArbitrary(), AddsUp)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Carts).WithReplay(Seed, 1));

    static void AddsUp(Cart cart)
    {
        var included = SeededTaxes.AreIncluded(cart.Market);
        var totals = Totals.Of(included, cart.Rule, cart.Lines, cart.Shipping);

        // Counted again in plain integers.
        var subtotal = cart.Lines.Sum(line => line.UnitPrice.Amount * line.Quantity);
        totals.Subtotal.Amount.ShouldBe(subtotal);
        totals.Lines.Sum(line => line.LineTotal.Amount).ShouldBe(subtotal);
        totals.Shipping.ShouldBe(cart.Shipping);

        var tax = totals.Lines.Sum(line => line.Tax.Amount) + totals.ShippingTax.Amount;
        totals.Tax.Amount.ShouldBe(tax);
        totals.TaxLines.Sum(line => line.Amount.Amount).ShouldBe(tax);
        totals.Total.Amount.ShouldBe(subtotal + cart.Shipping.Amount + (included ? 0 : tax));

        foreach (var line in totals.TaxLines)
        {
            var taxed = subtotal + (cart.Rule.ShippingTaxed ? cart.Shipping.Amount : 0);
            (line.Base.Amount + (included ? line.Amount.Amount : 0)).ShouldBe(taxed);
        }

        // No line is further from the exact tax than half of the smallest unit.
        foreach (var line in totals.Lines)
        {
            var exact = included ? line.LineTotal.Amount * cart.Rule.Rate / (1 + cart.Rule.Rate) : line.LineTotal.Amount * cart.Rule.Collected;
            Math.Abs(line.Tax.Amount - exact).ShouldBeLessThanOrEqualTo(0.5m + 1e-15m);
        }
    }
}
