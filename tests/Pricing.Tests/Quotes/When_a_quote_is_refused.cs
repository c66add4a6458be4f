using System.Net;
using System.Text;
using static MiStore.Pricing.Tests.Calendars;

namespace MiStore.Pricing.Tests.Quotes;

public sealed class When_a_quote_is_refused(PricingService pricing) : IClassFixture<PricingService>, IDisposable
{
    public void Dispose() => pricing.Clock.Now = PricingService.DayAfterOpening;

    [Fact]
    public async Task The_market_is_unknown() =>
        await (await pricing.Quote(PricingService.Cart("XX"))).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");

    [Fact]
    public async Task The_sku_is_unknown() =>
        (await (await pricing.Quote(PricingService.Cart("DE", "NO-SUCH-SKU"))).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku"))
            .Text("sku").ShouldBe("NO-SUCH-SKU");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task The_quantity_is_not_from_1_to_99(long quantity) =>
        await (await pricing.Quote(PricingService.Cart("DE", quantity: quantity))).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-quantity");

    [Fact]
    public async Task The_quantity_is_too_large_only_together() =>
        await (await pricing.Quote(new
        {
            market = "DE", lines = new[] { new { sku = "MI-BAND-BLK", quantity = 60 }, new { sku = "MI-BAND-BLK", quantity = 60 } },
            destination = new { country = "DE" }, shippingMethod = "standard",
        })).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-quantity");

    [Fact]
    public async Task The_limit_is_exceeded_also_over_two_lines()
    {
        var problem = await (await pricing.Quote(new
        {
            market = "DE", lines = new[] { new { sku = "MI-BAND-BLK", quantity = 3 }, new { sku = "MI-BAND-BLK", quantity = 3 } },
            destination = new { country = "DE" }, shippingMethod = "standard",
        })).ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded");

        problem.GetProperty("limit").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task The_limit_is_tighter_during_the_test()
    {
        pricing.Clock.Now = Test.AddHours(12);

        (await pricing.Quote(PricingService.Cart("DE"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await pricing.Quote(PricingService.Cart("DE", quantity: 2))).ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded"))
            .GetProperty("limit").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("2015-05-13T00:00:00", "2015-05-18T22:00:00Z")]
    [InlineData("2015-05-31T21:59:59", "2015-05-31T22:00:00Z")]
    public async Task The_sale_has_not_started(string now, string availableFrom)
    {
        pricing.Clock.Now = Utc(now);

        (await (await pricing.Quote(PricingService.Cart("DE"))).ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open"))
            .Text("availableFrom").ShouldBe(availableFrom);
    }

    [Fact]
    public async Task The_product_is_restricted() =>
        (await (await pricing.Quote(PricingService.Cart("US", "MI-4-WHT-16"))).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market"))
            .GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()).ShouldBe(["localisation", "patents", "support-centre"]);

    [Theory]
    [InlineData("DE", "FR", null, null)]
    [InlineData("DE", "Germany", null, null)]
    [InlineData("DE", "DE", null, "1011")]
    [InlineData("DE", "DE", null, "27498")]
    [InlineData("DE", "DE", null, "١٠١١٥")]
    [InlineData("FR", "FR", null, "97110")]
    [InlineData("GB", "GB", null, "JE2 3AB")]
    [InlineData("GB", "GB", null, "10115")]
    [InlineData("US", "US", null, "94103")]
    [InlineData("US", "US", "", "94103")]
    [InlineData("US", "US", "ZZ", "94103")]
    [InlineData("US", "US", "PR", "00901")]
    [InlineData("US", "US", "CA", "9410")]
    public async Task The_destination_is_not_served(string market, string country, string? region, string? postalCode) =>
        await (await Quote(market, country, region, postalCode)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "destination-not-served");

    [Theory]
    [InlineData("DE", "de", "Berlin", "10115")]
    [InlineData("GB", "UK", null, "ec1a 1bb")]
    [InlineData("GB", "GB", null, "M1 1AE")]
    [InlineData("FR", "FR", null, "75001")]
    [InlineData("US", "US", "ca", "94103-1234")]
    [InlineData("US", "US", "DC", null)]
    public async Task But_not_for_these_destinations(string market, string country, string? region, string? postalCode) =>
        (await Quote(market, country, region, postalCode)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task The_shipping_method_is_unknown() =>
        await (await pricing.Quote(PricingService.Cart("DE", shippingMethod: "drone"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "unknown-shipping-method");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"market":"DE","lines":[],"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":null,"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[null],"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[{"sku":null,"quantity":1}],"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[{"sku":"A","quantity":1.5}],"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[{"sku":"A","quantity":"1"}],"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[{"sku":"A","quantity":1e30}],"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[{"sku":"A"}],"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[{"sku":"A","quantity":1,"price":1}],"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[{"sku":"\u0000","quantity":1}],"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[{"sku":"\ud800","quantity":1}],"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[{"sku":"A","quantity":1}],"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[{"sku":"A","quantity":1}],"destination":null,"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","lines":[{"sku":"A","quantity":1}],"destination":{"country":"DE","postalCode":"12345678901234567"},"shippingMethod":"standard"}""")]
    [InlineData("""{"market":"DE","market":"FR","lines":[{"sku":"A","quantity":1}],"destination":{"country":"DE"},"shippingMethod":"standard"}""")]
    public async Task The_request_is_malformed(string body) =>
        await (await Post(body)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

    [Fact]
    public async Task There_are_more_than_50_lines() =>
        await (await pricing.Quote(new
        {
            market = "DE", lines = Enumerable.Range(0, 51).Select(i => new { sku = $"A{i}", quantity = 1 }),
            destination = new { country = "DE" }, shippingMethod = "standard",
        })).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

    [Fact]
    public async Task A_text_is_over_long() =>
        await (await pricing.Quote(PricingService.Cart("DE", new string('A', 65)))).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

    [Fact]
    public async Task The_body_is_too_large() =>
        await (await Post($$"""{"market":"{{new string('A', 70_000)}}"}""")).ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "request-too-large");

    [Fact]
    public async Task The_body_is_not_json() =>
        await (await Post("market=DE", "application/x-www-form-urlencoded")).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");

    Task<HttpResponseMessage> Quote(string market, string country, string? region, string? postalCode) => pricing.Quote(new
    {
        market, lines = new[] { new { sku = "MI-BAND-BLK", quantity = 1 } }, destination = new { country, region, postalCode }, shippingMethod = "standard",
    });

    Task<HttpResponseMessage> Post(string body, string mediaType = "application/json") =>
        pricing.Client.PostAsync("/api/quotes", new StringContent(body, Encoding.UTF8, mediaType));
}
