using System.Net;
using System.Net.Http.Json;
using Dapper;
using MiStore.Contracts.Offers;

namespace MiStore.Pricing.Tests.Products;

public sealed class When_one_product_is_paused(PricingService pricing) : IClassFixture<PricingService>
{
    [Fact]
    public async Task It_is_stopped_alone_and_goes_on_with_who_and_why_on_record()
    {
        var before = await pricing.Offer("FR", "MI-HP-GLD");

        var paused = await (await Ask("FR", "headphones", "pause", new { why = "A batch gets warm." })).Json();
        paused.Text("pausedSince").ShouldBe("2015-06-02T12:00:00Z");
        var terms = (await pricing.Offer("FR", "MI-HP-GLD", before.Version + 1)).At(pricing.Clock.Now);
        terms.State.ShouldBe(OfferState.Paused);
        terms.ProductPaused.ShouldBeTrue();
        await (await pricing.Quote(PricingService.Cart("FR", "MI-HP-GLD"))).ShouldBeProblem(HttpStatusCode.Conflict, "product-paused");

        (await pricing.Quote(PricingService.Cart("FR"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await pricing.Quote(PricingService.Cart("DE", "MI-HP-GLD"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        // Once more changes nothing more.
        (await Ask("fr", "headphones", "pause", new { why = "Again." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await Ask("FR", "headphones", "resume", new { why = "Repaired." })).Json()).Text("pausedSince").ShouldBeNull();
        (await pricing.Quote(PricingService.Cart("FR", "MI-HP-GLD"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await using var connection = await pricing.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.QueryAsync<(string, string, string, string)>(
            "select who, what, after ->> 'product', why from changes where market = 'FR' and what like '%Product' order by id")).ShouldBe(
        [
            ("ada", "PauseProduct", "headphones", "A batch gets warm."),
            ("ada", "ResumeProduct", "headphones", "Repaired."),
        ]);
    }

    [Theory]
    [InlineData("XX", "headphones", HttpStatusCode.NotFound, "unknown-market")]
    [InlineData("FR", "no-such-thing", HttpStatusCode.NotFound, "unknown-product")]
    public async Task What_is_not_there_cannot_be_paused(string market, string product, HttpStatusCode status, string code) =>
        await (await Ask(market, product, "pause", new { why = "A test." })).ShouldBeProblem(status, code);

    [Fact]
    public async Task It_takes_an_operator_and_a_reason()
    {
        await (await Ask("FR", "mi-band", "pause", new { why = "" })).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        await (await pricing.Client.PostAsJsonAsync("/api/admin/markets/FR/products/mi-band/pause", new { why = "A test." }))
            .ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthorized");
        await (await pricing.Service.Operator(role: "shopper").PostAsJsonAsync("/api/admin/markets/FR/products/mi-band/resume", new { why = "A test." }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    Task<HttpResponseMessage> Ask(string market, string product, string what, object request) =>
        pricing.Service.Operator().PostAsJsonAsync($"/api/admin/markets/{market}/products/{product}/{what}", request);
}
