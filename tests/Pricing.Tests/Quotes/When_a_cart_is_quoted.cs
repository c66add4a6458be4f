using System.Net;
using MiStore.Contracts;
using MiStore.Contracts.Quotes;

namespace MiStore.Pricing.Tests.Quotes;

public sealed class When_a_cart_is_quoted(PricingService pricing) : IClassFixture<PricingService>
{
    [Theory]
    [InlineData("US", "14.99", "4.99", "1.09", "21.07")]
    [InlineData("GB", "12.99", "3.99", "2.82", "16.98")]
    [InlineData("DE", "14.99", "4.90", "3.17", "19.89")]
    [InlineData("FR", "14.99", "4.90", "3.32", "19.89")]
    public async Task One_band_costs_what_it_costs_in_each_market(string market, string subtotal, string shipping, string tax, string total)
    {
        var quote = await (await pricing.Quote(PricingService.Cart(market))).Json();

        quote.Text("subtotal", "amount").ShouldBe(subtotal);
        quote.Text("shipping", "amount").ShouldBe(shipping);
        quote.Text("tax", "amount").ShouldBe(tax);
        quote.Text("total", "amount").ShouldBe(total);
        quote.Text("expiresAt").ShouldBe("2015-06-02T12:15:00Z");

        // Nothing is due when the parcel arrives: it does not cross a customs border.
        quote.Text("duty", "amount").ShouldBe("0.00");
        quote.Text("importTax", "amount").ShouldBe("0.00");
        quote.GetProperty("lines")[0].Text("shipsFrom").ShouldBe(market == "FR" ? "DE" : market);
        quote.GetProperty("lines")[0].Text("hsCode").ShouldBe("851762");
    }

    [Fact]
    public async Task The_seal_holds_everything_that_the_order_needs()
    {
        var answer = await (await pricing.Quote(new
        {
            market = "us",
            lines = new[] { new { sku = "MI-BAND-BLK", quantity = 2 }, new { sku = "MI-HP-GLD", quantity = 1 }, new { sku = "MI-BAND-BLK", quantity = 1 } },
            destination = new { country = "us", region = "ca", postalCode = " 94103-1234 " },
            shippingMethod = "express",
        })).Json();

        var quote = new QuoteSignature(TestKeys.Quotes).Open(answer.Text("quote")!).ShouldNotBeNull();
        quote.Market.ShouldBe("US");
        quote.TaxIncluded.ShouldBeFalse();
        quote.Lines.Select(line => (line.Sku, line.Quantity)).ShouldBe([("MI-BAND-BLK", 3), ("MI-HP-GLD", 1)]);
        quote.Lines[0].ShouldBe(new("MI-BAND-BLK", "Mi Band", 3, Dollar(1499), Dollar(4497), Dollar(326), "US", "851762"));
        quote.Destination.ShouldBe(new("US", "CA", "94103-1234"));
        (quote.Subtotal, quote.Shipping, quote.Tax, quote.Total).ShouldBe((Dollar(12496), Dollar(1299), Dollar(906), Dollar(14701)));
        quote.TaxLines.ShouldHaveSingleItem().ShouldBe(new("CA sales tax", "0.0725", Dollar(12496), Dollar(906)));
        quote.ShippingMethod.ShouldBe("express");
        (quote.IssuedAt, quote.ExpiresAt).ShouldBe((pricing.Clock.Now, pricing.Clock.Now.AddMinutes(15)));
        new QuoteSignature("another key").Open(answer.Text("quote")!).ShouldBeNull();
    }

    [Fact]
    public async Task It_speaks_the_markets_language()
    {
        var quote = await (await pricing.Quote(PricingService.Cart("DE", "MI-HP-GLD"))).Json();

        quote.GetProperty("lines")[0].Text("name").ShouldBe("Kopfhörer");
        quote.GetProperty("taxLines")[0].Text("name").ShouldBe("MwSt. 19 %");
        quote.GetProperty("shippingMethods").EnumerateArray()
            .Select(method => (method.Text("code"), method.Text("name"), method.Text("price", "amount"), method.GetProperty("days").GetProperty("max").GetInt32()))
            .ShouldBe([("standard", "Standardversand", "0.00", 3), ("express", "Expressversand", "9.90", 1)]);
    }

    [Fact]
    public async Task A_full_cart_still_fits_the_seal()
    {
        // The longest that the shop can have: 50 SKUs of 64 characters, each with a long name.
        var skus = Enumerable.Range(0, 50).Select(i => $"{i:00}-{new string('X', 61)}").ToArray();
        var product = new Contracts.Products.ProductPublished(
            "fifty", 1, "accessories",
            [.. skus.Select(sku => new Contracts.Products.ProductVariant(sku, new Dictionary<string, string> { ["en"] = new('ö', 100) }))], []);
        await pricing.Broker.Publish(product);
        await pricing.Offer("DE", skus[^1]);
        foreach (var sku in skus)
            (await pricing.Service.Operator().PutAsync("/api/admin/prices", System.Net.Http.Json.JsonContent.Create(
                new { market = "DE", sku, price = new { amount = "999999.99", currency = "EUR" } }))).StatusCode.ShouldBe(HttpStatusCode.OK);

        var answer = await pricing.Quote(new
        {
            market = "DE", lines = skus.Select(sku => new { sku, quantity = 5 }), destination = new { country = "DE" }, shippingMethod = "standard",
        });

        var quote = (await answer.Json()).Text("quote")!;
        TestContext.Current.TestOutputHelper?.WriteLine($"A full cart's seal has {quote.Length} characters.");
        new QuoteSignature(TestKeys.Quotes).Open(quote).ShouldNotBeNull().Lines.Count.ShouldBe(50);
    }

    static Money Dollar(long cents) => new(cents, "USD");
}
