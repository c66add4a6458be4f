using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;

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
        (await pricing.Offer("AT", "MI-BAND-BLK")).At(DateTimeOffset.MaxValue).State.ShouldBe(OfferState.NotOffered);
        await (await Add(Austria)).ShouldBeProblem(HttpStatusCode.Conflict, "duplicate-market");
    }

    [Fact]
    public async Task It_is_held_at_its_opening_until_nothing_is_missing_or_two_people_resume_it()
    {
        (await Add(Austria.Replace("\"AT\"", "\"LU\"", StringComparison.Ordinal).Replace("Vienna", "Luxembourg", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var opening = Calendars.Utc("2015-06-30T22:00:00");
        (await Price("LU")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var held = await pricing.Offer("LU", "MI-BAND-BLK", 2);
        held.At(opening - Calendars.Tick).State.ShouldBe(OfferState.Upcoming);
        held.At(opening).State.ShouldBe(OfferState.Paused);

        var readiness = await (await pricing.Service.Operator().GetAsync("/api/admin/markets/LU/readiness")).Json();
        readiness.GetProperty("ready").GetBoolean().ShouldBeFalse();
        readiness.GetProperty("heldFrom").GetDateTimeOffset().ShouldBe(opening);
        var refusal = await (await Resume("LU")).ShouldBeProblem(HttpStatusCode.Conflict, "market-not-ready");
        refusal.GetProperty("missing").EnumerateArray().Select(it => it.GetString()).ShouldBe(
            [
                "MI-BAND-BLK has no responsible person in LU.", "MI-BAND-BLK has no stock at 2015-06-30T22:00:00Z.", "LU has no imprint in 'de', 'en'.",
                "LU has no terms in 'de', 'en'.", "LU has no withdrawal in 'de', 'en'.", "LU has no privacy in 'de', 'en'.",
                "No launch has been rehearsed: ./mistore rehearse.",
            ]);

        // A hold moves with the opening that it is for.
        (await pricing.Service.Operator().PutAsJsonAsync("/api/admin/markets/LU/calendar", new { opensAt = "2015-06-20T00:00", testSale = (object?)null }))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        (await pricing.Offer("LU", "MI-BAND-BLK", 3)).At(Calendars.Utc("2015-06-19T22:00:00")).State.ShouldBe(OfferState.Paused);

        await pricing.Broker.Publish(PricingService.Product("mi-band", "MI-BAND-BLK", "Mi Band", "Mi Band", version: 2) with
        {
            Safety = new(["DE", "FR", "GB", "LU"], ["de", "en", "fr"]),
        });
        await pricing.Broker.Publish(new AvailabilityChanged("LU", "MI-BAND-BLK", 1, [new(opening.AddDays(-15), null, Remaining.Many)]));
        await What_the_law_wants_is_published("LU");
        await It_is_rehearsed();
        await Eventually.Passes(async () => (await Resume("LU")).StatusCode.ShouldBe(HttpStatusCode.OK));
        (await pricing.Offer("LU", "MI-BAND-BLK", 4)).At(opening).State.ShouldBe(OfferState.Sellable);
    }

    async Task What_the_law_wants_is_published(string market)
    {
        foreach (var document in new[] { "imprint", "terms", "withdrawal", "privacy" })
            (await pricing.Service.Operator().PutAsJsonAsync($"/api/admin/markets/{market}/legal/{document}", new
            {
                texts = new { de = new { title = "Text", body = "Ein Text." }, en = new { title = "Text", body = "A text." } },
            })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    async Task It_is_rehearsed()
    {
        async Task Missing(string? rehearsal)
        {
            var readiness = await (await pricing.Service.Operator().GetAsync("/api/admin/markets/LU/readiness")).Json();
            readiness.GetProperty("checks").EnumerateArray().Single(check => check.Text("name") == "rehearsal").GetProperty("missing").EnumerateArray()
                .Select(it => it.GetString()).ShouldBe(rehearsal is null ? [] : [rehearsal]);
        }

        var start = pricing.Clock.Now;
        await Record(passed: true);
        await Missing(null);
        await Record(passed: false);
        await Missing($"The rehearsal of {start:yyyy-MM-ddTHH:mm:ssZ} did not pass.");
        await Record(passed: true);
        pricing.Clock.Now = start.AddDays(8);
        await Missing("The last rehearsal was 8 days ago; 7 are allowed.");
        pricing.Clock.Now = start;
        await Missing(null);

        await (await pricing.Service.Operator().PostAsJsonAsync("/api/admin/rehearsals", new { passed = true, summary = "" }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        await (await pricing.Client.PostAsJsonAsync("/api/admin/rehearsals", new { passed = true, summary = "Mine." }))
            .ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    async Task Record(bool passed) => (await pricing.Service.Operator().PostAsJsonAsync(
        "/api/admin/rehearsals", new { passed, summary = "500 buyers for 100 units." })).StatusCode.ShouldBe(HttpStatusCode.OK);

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
    [InlineData("shipsFrom", "\"US\"", "invalid-market")] // a customs border lies between
    [InlineData("shipsFrom", "\"U1\"", "invalid-market")]
    [InlineData("calendar", """{"opensAt":"2016-03-27T02:30","testSale":null}""", "invalid-calendar")]
    public async Task What_cannot_be_a_market_is_refused_and_leaves_nothing_behind(string field, string value, string code)
    {
        var request = JsonNode.Parse(Austria)!.AsObject();
        request["code"] = "PL";
        request[field] = JsonNode.Parse(value);

        await (await Add(request.ToJsonString())).ShouldBeProblem(HttpStatusCode.BadRequest, code);
        await (await pricing.Client.GetAsync("/api/markets/PL")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
    }

    Task<HttpResponseMessage> Resume(string market) => pricing.Service.Operator().PostAsync($"/api/admin/markets/{market}/resume", null);

    Task<HttpResponseMessage> Price(string market) => pricing.Service.Operator().PutAsJsonAsync("/api/admin/prices", new
    {
        market, sku = "MI-BAND-BLK", price = new { amount = "15.99", currency = "EUR" },
    });

    Task<HttpResponseMessage> Add(string request) =>
        pricing.Service.Operator().PostAsync("/api/admin/markets", new StringContent(request, Encoding.UTF8, "application/json"));
}
