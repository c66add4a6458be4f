using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace MiStore.Pricing.Tests.Markets;

public sealed class When_an_operator_adds_a_market(PricingService pricing) : IClassFixture<PricingService>
{
    const string Austria =
        """
        {
          "code": "AT", "name": "Österreich", "currency": "EUR", "locale": "de-AT", "languages": ["de", "en"], "timeZone": "Europe/Vienna",
          "taxDisplay": "included", "seller": {"name": "MiStore Austria GmbH", "address": "Beispielgasse 1, 1010 Wien, Österreich"},
          "postalCodePattern": "[1-9][0-9]{3}", "calendar": {"opensAt": "2015-07-01T00:00", "testSale": null},
          "taxes": [{"name": "USt. 20 %", "rate": 0.20, "shippingTaxed": true, "hasNexus": true, "asOf": "2015-05-01", "source": "§ 10 UStG"}],
          "shipping": [{"code": "standard", "names": {"en": "Standard"}, "price": {"amount": "4.90", "currency": "EUR"}, "daysMin": 2, "daysMax": 4}]
        }
        """;

    [Fact]
    public async Task The_others_hear_of_it_and_of_nothing_that_it_sells()
    {
        (await Add(Austria)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await pricing.MarketNews.First(market => market.Code == "AT")).Languages.ShouldBe(["de", "en"]);
        (await pricing.Offer("AT", "MI-BAND-BLK")).At(DateTimeOffset.MaxValue).State.ShouldBe(Contracts.Offers.OfferState.NotOffered);
        await (await Add(Austria)).ShouldBeProblem(HttpStatusCode.Conflict, "duplicate-market");
    }

    [Theory]
    [InlineData("code", "\"1X\"", "invalid-market")]
    [InlineData("currency", "\"euro\"", "malformed-request")]
    [InlineData("currency", "\"USD\"", "invalid-market")] // shipping is in EUR
    [InlineData("locale", "\"german\"", "invalid-market")]
    [InlineData("languages", "[]", "malformed-request")]
    [InlineData("languages", "[\"de\",\"de\"]", "invalid-market")]
    [InlineData("timeZone", "\"Europe/Nowhere\"", "invalid-market")]
    [InlineData("postalCodePattern", "\"[0-9\"", "invalid-market")]
    [InlineData("seller", """{"name":"","address":"x"}""", "invalid-market")]
    [InlineData("taxes", "[]", "malformed-request")]
    [InlineData("taxes", "[null]", "invalid-market")]
    [InlineData("taxes", """[{"name":"a","rate":1.2,"shippingTaxed":true,"hasNexus":true,"asOf":"2015-05-01","source":"b"}]""", "invalid-market")]
    [InlineData("shipping", """[{"code":"standard","names":{"de":"Versand"},"price":{"amount":"4.90","currency":"EUR"},"daysMin":2,"daysMax":4}]""", "invalid-market")]
    [InlineData("shipping", """[{"code":"standard","names":{"en":"Post"},"price":{"amount":"-1","currency":"EUR"},"daysMin":2,"daysMax":4}]""", "invalid-market")]
    [InlineData("calendar", """{"opensAt":"2016-03-27T02:30","testSale":null}""", "invalid-calendar")]
    public async Task What_cannot_be_a_market_is_refused_and_leaves_nothing_behind(string field, string value, string code)
    {
        var request = JsonNode.Parse(Austria)!.AsObject();
        request["code"] = "PL";
        request[field] = JsonNode.Parse(value);

        await (await Add(request.ToJsonString())).ShouldBeProblem(HttpStatusCode.BadRequest, code);
        await (await pricing.Client.GetAsync("/api/markets/PL")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
    }

    Task<HttpResponseMessage> Add(string request) =>
        pricing.Service.Operator().PostAsync("/api/admin/markets", new StringContent(request, Encoding.UTF8, "application/json"));
}
