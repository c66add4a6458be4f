using System.Net;
using System.Net.Http.Json;
using Dapper;
using MiStore.Contracts.Markets;
using MiStore.Pricing.PriceLists;
using static MiStore.Pricing.Tests.Calendars;

namespace MiStore.Pricing.Tests.PriceLists;

public sealed class When_an_operator_sets_a_limit(PricingService pricing) : IClassFixture<PricingService>
{
    [Fact]
    public async Task It_is_in_force_at_once_and_on_record()
    {
        var before = await pricing.Offer("DE", "MI-BAND-BLK");

        (await Set(new { market = "DE", limit = 2, sku = "MI-BAND-BLK", why = "queues" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await pricing.Offer("DE", "MI-BAND-BLK", before.Version + 1)).At(pricing.Clock.Now).LimitPerCustomer.ShouldBe(2);
        await (await pricing.Quote(PricingService.Cart("DE", quantity: 3))).ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded");
        await using var connection = await pricing.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.QuerySingleAsync<(string, string, string, string)>(
            "select who, before ->> 'limit', after ->> 'limit', why from changes where sku = 'MI-BAND-BLK' and what = 'SetLimit'"))
            .ShouldBe(("ada", "5", "2", "queues"));
    }

    [Fact]
    public async Task Of_a_whole_market_it_leaves_other_markets_alone()
    {
        (await Set(new { market = "FR", limit = (int?)null, effectiveFrom = "2015-06-10T00:00:00Z" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var offer = await pricing.Offer("FR", "MI-HP-GLD", 2);
        offer.At(Utc("2015-06-10") - Tick).LimitPerCustomer.ShouldBe(5);
        offer.At(Utc("2015-06-10")).LimitPerCustomer.ShouldBeNull();
        pricing.Offers.Messages.Where(said => said.Market is "US" or "GB").ShouldAllBe(said => said.Version == 1);
    }

    [Theory]
    [InlineData("""{"market":"DE","limit":0}""", "invalid-limit")]
    [InlineData("""{"market":"DE","limit":-1}""", "invalid-limit")]
    [InlineData("""{"market":"DE","limit":100}""", "invalid-limit")]
    [InlineData("""{"market":"DE","limit":2,"effectiveFrom":"2015-06-02T11:59:59Z"}""", "invalid-effective-from")]
    [InlineData("""{"market":"DE","limit":2,"effectiveFrom":"2115-06-02T11:59:59Z"}""", "invalid-effective-from")]
    [InlineData("""{"market":"DE","limit":2,"effectiveFrom":"2015-07-02T11:59:59Z","fromPhase":"open"}""", "invalid-effective-from")]
    [InlineData("""{"market":"DE","limit":2,"fromPhase":"open"}""", "invalid-effective-from")]
    [InlineData("""{"market":"DE","limit":2,"fromPhase":"closed"}""", "invalid-effective-from")]
    [InlineData("""{"market":"DE","limit":2,"fromPhase":"someday"}""", "malformed-request")]
    [InlineData("""{"market":"DE","limit":1.5}""", "malformed-request")]
    [InlineData("""{"market":"DE"}""", "malformed-request")]
    public async Task What_cannot_be_a_limit_is_refused(string request, string code) => await (await pricing.Service.Operator().PutAsync(
        "/api/admin/limits", new StringContent(request, System.Text.Encoding.UTF8, "application/json"))).ShouldBeProblem(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task An_unknown_market_or_sku_has_none()
    {
        await (await Set(new { market = "XX", limit = 2 })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        await (await Set(new { market = "DE", limit = 2, sku = "NO-SUCH-SKU" })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku");
    }

    [Fact]
    public async Task Only_operators_may() => (await pricing.Service.Operator(role: "shopper").PutAsJsonAsync("/api/admin/limits", new { market = "DE", limit = 2 }))
        .StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public void Until_a_SKUs_own_limit_begins_it_has_the_markets() => PurchaseLimit.Of(
        "B", [new("DE", null, 1, MarketPhase.Announced, null), new("DE", null, 5, MarketPhase.Open, null), new("DE", "B", 3, MarketPhase.Open, null)], WithTest)
        .ShouldBe([new(Announcement, 1), new(Opening, 3)]);

    Task<HttpResponseMessage> Set(object request) => pricing.Service.Operator().PutAsJsonAsync("/api/admin/limits", request);
}
