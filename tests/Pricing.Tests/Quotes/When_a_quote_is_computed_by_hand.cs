using MiStore.Contracts;
using MiStore.Pricing.Quotes;

namespace MiStore.Pricing.Tests.Quotes;

/// <summary>Amounts in cents and pence, worked out on paper.</summary>
public sealed class When_a_quote_is_computed_by_hand
{
    [Fact]
    public void Germany_contains_19_percent()
    {
        // 29.98/1.19 = 25.193 → 25.19 + 4.79; 9.99/1.19 = 8.395 → 8.39 + 1.60; 4.90/1.19 = 4.118 → 4.12 + 0.78
        var totals = Of("DE", "EUR", 490, (1499, 2), (999, 1));

        totals.Lines.Select(line => line.Tax.Amount).ShouldBe([479, 160]);
        totals.ShippingTax.Amount.ShouldBe(78);
        Sums(totals).ShouldBe((3997, 490, 717, 4487));
        totals.TaxLines.ShouldHaveSingleItem().ShouldBe(new("MwSt. 19 %", "0.19", new(3770, "EUR"), new(717, "EUR")));
    }

    [Fact]
    public void The_united_kingdom_contains_20_percent()
    {
        // 64.99/1.2 = 54.1583 → 54.16 + 10.83; 7.99/1.2 = 6.6583 → 6.66 + 1.33
        var totals = Of("GB", "GBP", 799, (6499, 1));

        Sums(totals).ShouldBe((6499, 799, 1216, 7298));
        totals.TaxLines.ShouldHaveSingleItem().ShouldBe(new("VAT 20 %", "0.20", new(6082, "GBP"), new(1216, "GBP")));
    }

    [Fact]
    public void Half_a_cent_goes_away_from_zero_in_france()
    {
        // 41.97/1.2 = 34.975 → 34.98 + 6.99; 4.90/1.2 = 4.0833 → 4.08 + 0.82
        var totals = Of("FR", "EUR", 490, (1399, 3));

        Sums(totals).ShouldBe((4197, 490, 781, 4687));
        totals.TaxLines.ShouldHaveSingleItem().ShouldBe(new("TVA 20 %", "0.20", new(3906, "EUR"), new(781, "EUR")));
    }

    [Fact]
    public void California_adds_tax_to_goods_and_not_to_shipping()
    {
        // 79.99 × 7.25 % = 5.799 → 5.80
        var totals = Of("US", "USD", 1299, "CA", (7999, 1));

        Sums(totals).ShouldBe((7999, 1299, 580, 9878));
        totals.TaxLines.ShouldHaveSingleItem().ShouldBe(new("CA sales tax", "0.0725", new(7999, "USD"), new(580, "USD")));
    }

    [Fact]
    public void New_york_taxes_shipping_too()
    {
        // 14.99 × 4 % = 0.5996 → 0.60; 4.99 × 4 % = 0.1996 → 0.20
        var totals = Of("US", "USD", 499, "NY", (1499, 1));

        Sums(totals).ShouldBe((1499, 499, 80, 2078));
        totals.TaxLines.ShouldHaveSingleItem().Base.Amount.ShouldBe(1998);
    }

    [Fact]
    public void Minnesota_has_three_decimals_of_a_percent()
    {
        // 27.98 × 6.875 % = 1.9236 → 1.92; 4.99 × 6.875 % = 0.343 → 0.34
        var totals = Of("US", "USD", 499, "MN", (1399, 2));

        Sums(totals).ShouldBe((2798, 499, 226, 3523));
        totals.TaxLines.ShouldHaveSingleItem().Rate.ShouldBe("0.06875");
    }

    [Fact]
    public void Oregon_has_no_sales_tax_and_no_tax_line()
    {
        var totals = Of("US", "USD", 499, "OR", (999, 1));

        Sums(totals).ShouldBe((999, 499, 0, 1498));
        totals.TaxLines.ShouldBeEmpty();
    }

    [Fact]
    public void Without_nexus_nothing_is_collected() =>
        Totals.Of(false, SeededTaxes.Of("US", "CA") with { HasNexus = false }, [new("A", "A", 1, new Money(7999, "USD"))], new Money(0, "USD"))
            .Tax.Amount.ShouldBe(0);

    [Fact]
    public void Each_line_is_rounded_by_itself()
    {
        // 3 pence are 2.5 → 3 net and no tax; 9 pence are 7.5 → 8 net and one penny.
        Of("GB", "GBP", 0, (3, 1), (3, 1), (3, 1)).Tax.Amount.ShouldBe(0);
        Of("GB", "GBP", 0, (3, 3)).Tax.Amount.ShouldBe(1);
    }

    [Theory]
    [InlineData(4899, 490)]
    [InlineData(4900, 0)]
    [InlineData(4901, 0)]
    public void Shipping_is_free_from_its_threshold_on(long subtotal, long shipping)
    {
        var standard = new ShippingRate(
            "standard", new Dictionary<string, string> { ["en"] = "Standard" }, new Money(490, "EUR"), new Money(4900, "EUR"), 2, 3);

        standard.PriceFor(new(subtotal, "EUR")).Amount.ShouldBe(shipping);
    }

    [Fact]
    public void Every_state_and_the_district_have_a_rule() =>
        SeededTaxes.All.Where(tax => tax.Market == "US").Select(tax => tax.Rule.Region).Distinct().Count().ShouldBe(51);

    static Totals Of(string market, string currency, long shipping, params (long Price, int Quantity)[] lines) =>
        Of(market, currency, shipping, "", lines);

    static Totals Of(string market, string currency, long shipping, string region, params (long Price, int Quantity)[] lines) => Totals.Of(
        SeededTaxes.AreIncluded(market), SeededTaxes.Of(market, region),
        [.. lines.Select(line => new PricedLine("A", "A", line.Quantity, new Money(line.Price, currency)))], new Money(shipping, currency));

    static (long Subtotal, long Shipping, long Tax, long Total) Sums(Totals totals) =>
        (totals.Subtotal.Amount, totals.Shipping.Amount, totals.Tax.Amount, totals.Total.Amount);
}
