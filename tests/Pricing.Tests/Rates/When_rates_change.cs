using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;

namespace MiStore.Pricing.Tests.Rates;

public sealed class When_rates_change(PricingService pricing) : IClassFixture<PricingService>
{
    [Fact]
    public async Task A_tax_holds_from_its_instant_on_and_what_was_before_is_on_record()
    {
        var change = pricing.Clock.Now.AddDays(28);
        (await Put("taxes", new
        {
            market = "DE", tax = new { name = "MwSt. 16 %", rate = 0.16, shippingTaxed = true, hasNexus = true, asOf = "2015-06-01", source = "a law" },
            effectiveFrom = change, why = "the law",
        })).StatusCode.ShouldBe(HttpStatusCode.OK);

        pricing.Clock.Now = change.AddMilliseconds(-1);
        (await Tax("DE")).ShouldBe("MwSt. 19 %");
        pricing.Clock.Now = change;
        (await Tax("DE")).ShouldBe("MwSt. 16 %");
        (await Tax("GB")).ShouldBe("VAT 20 %");

        await using var connection = await pricing.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.QuerySingleAsync<(string, string, string)>(
            "select who, before ->> 'name', why from changes where market = 'DE' and what = 'SetTax'")).ShouldBe(("ada", "MwSt. 19 %", "the law"));
        (await Should.ThrowAsync<Npgsql.PostgresException>(connection.ExecuteAsync("delete from tax_rules"))).MessageText.ShouldContain("never changed");
    }

    [Fact]
    public async Task A_state_in_which_the_seller_gets_nexus_is_taxed_from_then_on()
    {
        (await (await pricing.Quote(To("OR"))).Json()).GetProperty("taxLines").GetArrayLength().ShouldBe(0);
        (await Put("taxes", new
        {
            market = "US", tax = new { name = "OR sales tax", rate = 0.01, shippingTaxed = false, hasNexus = true, asOf = "2015-06-01", source = "a law", region = "OR" },
        })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await pricing.Quote(To("OR"))).Json()).GetProperty("taxLines")[0].Text("amount", "amount").ShouldBe("0.15");
    }

    [Fact]
    public async Task A_shipping_rate_changes_is_added_and_ends()
    {
        (await Put("shipping", Shipping("standard", "5.50"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Put("shipping", Shipping("bike", "1.00"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Methods()).ShouldBe([("standard", "5.50"), ("express", "9.90"), ("bike", "1.00")]);

        (await Put("shipping", Shipping("express", null))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Put("shipping", Shipping("bike", null))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Methods()).ShouldBe([("standard", "5.50")]);
        await (await Put("shipping", Shipping("standard", null))).ShouldBeProblem(HttpStatusCode.Conflict, "last-shipping-method");
        await (await pricing.Quote(PricingService.Cart("FR", shippingMethod: "express"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "unknown-shipping-method");
    }

    [Theory]
    [InlineData("taxes", "tax", "rate", "1.2", "invalid-tax")]
    [InlineData("taxes", "tax", "rate", "-0.1", "invalid-tax")]
    [InlineData("taxes", "tax", "name", "\"\"", "invalid-tax")]
    [InlineData("taxes", "tax", "source", "\" \"", "invalid-tax")]
    [InlineData("taxes", "tax", "region", "\"BY\"", "invalid-tax")] // Germany has one rule for all
    [InlineData("taxes", "tax", "region", "\"bavaria!\"", "invalid-tax")]
    [InlineData("taxes", null, "effectiveFrom", "\"2015-06-01T00:00:00Z\"", "invalid-effective-from")]
    [InlineData("taxes", null, "effectiveFrom", "\"2115-06-01T00:00:00Z\"", "invalid-effective-from")]
    [InlineData("taxes", null, "effectiveFrom", "\"tomorrow\"", "malformed-request")]
    [InlineData("taxes", null, "tax", "null", "malformed-request")]
    [InlineData("shipping", "shipping", "code", "\"By Air\"", "invalid-shipping")]
    [InlineData("shipping", "shipping", "names", "{\"de\":\"Post\"}", "invalid-shipping")]
    [InlineData("shipping", "shipping", "price", "{\"amount\":\"-1.00\",\"currency\":\"EUR\"}", "invalid-shipping")]
    [InlineData("shipping", "shipping", "price", "{\"amount\":\"1.00\",\"currency\":\"USD\"}", "invalid-shipping")]
    [InlineData("shipping", "shipping", "price", "{\"amount\":\"1.001\",\"currency\":\"EUR\"}", "malformed-request")]
    [InlineData("shipping", "shipping", "freeFrom", "{\"amount\":\"0.00\",\"currency\":\"EUR\"}", "invalid-shipping")]
    [InlineData("shipping", "shipping", "daysMax", "1", "invalid-shipping")]
    [InlineData("shipping", null, "effectiveFrom", "\"2015-06-01T00:00:00Z\"", "invalid-effective-from")]
    public async Task What_cannot_be_a_rate_is_refused_and_changes_nothing(string call, string? inside, string field, string value, string code)
    {
        var request = JsonNode.Parse(
            """
            {
              "taxes": {"market": "DE", "tax": {"name": "MwSt.", "rate": 0.19, "shippingTaxed": true, "hasNexus": true, "asOf": "2015-06-01", "source": "a law"}},
              "shipping": {"market": "DE", "shipping": {"code": "post", "names": {"en": "Post"}, "price": {"amount": "1.00", "currency": "EUR"}, "daysMin": 2, "daysMax": 3}}
            }
            """)![call]!.DeepClone();
        (inside is null ? request : request[inside]!)[field] = JsonNode.Parse(value);

        using var operating = pricing.Service.Operator();
        await (await operating.PutAsync($"/api/admin/{call}", new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json")))
            .ShouldBeProblem(HttpStatusCode.BadRequest, code);
        (await (await pricing.Quote(PricingService.Cart("DE"))).Json()).GetProperty("shippingMethods").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("taxes")]
    [InlineData("shipping")]
    public async Task Only_operators_may_and_only_in_a_market_that_there_is(string call)
    {
        (await pricing.Service.Operator(role: "shopper").PutAsJsonAsync($"/api/admin/{call}", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await (await Put("taxes", new
        {
            market = "XX", tax = new { name = "x", rate = 0.1, shippingTaxed = true, hasNexus = true, asOf = "2015-06-01", source = "x" },
        })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
    }

    async Task<string?> Tax(string market) =>
        (await (await pricing.Quote(PricingService.Cart(market))).Json()).GetProperty("taxLines")[0].Text("name");

    async Task<IEnumerable<(string?, string?)>> Methods() => (await (await pricing.Quote(PricingService.Cart("FR"))).Json())
        .GetProperty("shippingMethods").EnumerateArray().Select(method => (method.Text("code"), method.Text("price", "amount")));

    static object Shipping(string code, string? price) => new
    {
        market = "FR",
        shipping = new
        {
            code, names = new { en = code }, price = price is null ? null : new { amount = price, currency = "EUR" }, daysMin = 1, daysMax = 2,
        },
    };

    static object To(string region) => new
    {
        market = "US", lines = new[] { new { sku = "MI-BAND-BLK", quantity = 1 } }, shippingMethod = "standard",
        destination = new { country = "US", region },
    };

    // An operator's token lasts an hour, and the clock moves here.
    Task<HttpResponseMessage> Put(string call, object request) => pricing.Service.Operator().PutAsJsonAsync($"/api/admin/{call}", request);
}
