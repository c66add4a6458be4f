using System.Net;
using System.Net.Http.Json;
using Dapper;
using MiStore.Contracts.Offers;
using static MiStore.Pricing.Tests.Calendars;

namespace MiStore.Pricing.Tests.PriceLists;

public sealed class When_an_operator_sets_a_price(PricingService pricing) : IClassFixture<PricingService>
{
    [Fact]
    public async Task It_is_in_force_at_once_with_the_lowest_price_before_it()
    {
        var before = await pricing.Offer("DE", "MI-BAND-BLK");

        (await Set("DE", "MI-BAND-BLK", "12.99", "EUR", why: "summer")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var offer = await pricing.Offer("DE", "MI-BAND-BLK", before.Version + 1);
        offer.Version.ShouldBe(before.Version + 1);
        offer.At(pricing.Clock.Now).ShouldBe(new(pricing.Clock.Now, OfferState.Sellable, Euro(1299), Euro(1499), 5));
        (await (await pricing.Quote(PricingService.Cart("DE"))).Json()).Text("subtotal", "amount").ShouldBe("12.99");

        await using var connection = await pricing.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.QuerySingleAsync<(string, string, string, string)>(
            "select who, before -> 'price' ->> 'amount', after -> 'price' ->> 'amount', why from changes where sku = 'MI-BAND-BLK'"))
            .ShouldBe(("ada", "14.99", "12.99", "summer"));
    }

    [Fact]
    public async Task A_future_price_begins_by_the_clock_alone()
    {
        var before = await pricing.Offer("US", "MI-HP-GLD");
        (await Set("US", "MI-HP-GLD", "69.99", "USD", "2015-07-01T00:00:00Z")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var offer = await pricing.Offer("US", "MI-HP-GLD", before.Version + 1);
        offer.At(Utc("2015-07-01") - Tick).Price!.Value.Amount.ShouldBe(7999);
        offer.At(Utc("2015-07-01")).Price!.Value.Amount.ShouldBe(6999);
        offer.At(Utc("2015-07-01")).LowestPrice30Days!.Value.Amount.ShouldBe(7999);
        (await (await pricing.Quote(PricingService.Cart("US", "MI-HP-GLD"))).Json()).Text("subtotal", "amount").ShouldBe("79.99");
    }

    [Fact]
    public async Task Another_market_hears_nothing_of_it()
    {
        await Set("GB", "MI-PB-5000-SLV", "6.99", "GBP");
        await pricing.Offer("GB", "MI-PB-5000-SLV", 2);

        pricing.Offers.Messages.Where(offer => offer.Sku == "MI-PB-5000-SLV" && offer.Market != "GB").ShouldAllBe(offer => offer.Version == 1);
    }

    [Theory]
    [InlineData("-1.00", "EUR")]
    [InlineData("0.00", "EUR")]
    [InlineData("12.99", "USD")]
    [InlineData("1000000.01", "EUR")]
    public async Task A_price_that_cannot_be_charged_is_refused(string amount, string currency) =>
        await (await Set("DE", "MI-HP-GLD", amount, currency)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-price");

    [Theory]
    [InlineData("12.999")]
    [InlineData("12,99")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999999999")]
    [InlineData("")]
    public async Task What_is_no_amount_is_malformed(string amount) =>
        await (await Set("DE", "MI-HP-GLD", amount, "EUR")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

    [Theory]
    [InlineData("2015-06-02T11:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    public async Task The_past_stays_as_it_was_and_the_far_future_is_a_mistake(string effectiveFrom) =>
        await (await Set("DE", "MI-HP-GLD", "12.99", "EUR", effectiveFrom)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-effective-from");

    [Theory]
    [InlineData("2015-07-01T00:00:00")]
    [InlineData("2015-07-01")]
    [InlineData("tomorrow")]
    [InlineData("")]
    public async Task A_time_without_an_offset_is_no_instant(string effectiveFrom) =>
        await (await Set("DE", "MI-HP-GLD", "12.99", "EUR", effectiveFrom)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

    [Fact]
    public async Task An_unknown_sku_has_no_price() =>
        (await (await Set("DE", "NO-SUCH-SKU", "12.99", "EUR")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku")).Text("sku").ShouldBe("NO-SUCH-SKU");

    [Fact]
    public async Task An_unknown_market_has_no_prices() =>
        await (await Set("XX", "MI-HP-GLD", "12.99", "EUR")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");

    [Fact]
    public async Task A_restricted_product_stays_restricted_whatever_it_would_cost()
    {
        (await Set("FR", "MI-4-WHT-16", "299.00", "EUR")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await (await pricing.Quote(PricingService.Cart("FR", "MI-4-WHT-16"))).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market");
    }

    Task<HttpResponseMessage> Set(string market, string sku, string amount, string currency, string? effectiveFrom = null, string? why = null) =>
        pricing.Service.Operator().PutAsJsonAsync("/api/admin/prices", new { market, sku, price = new { amount, currency }, effectiveFrom, why });
}
