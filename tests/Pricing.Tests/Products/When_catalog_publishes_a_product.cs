using System.Net;
using Dapper;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Products;

namespace MiStore.Pricing.Tests.Products;

public sealed class When_catalog_publishes_a_product(PricingService pricing) : IClassFixture<PricingService>
{
    [Fact]
    public async Task Every_market_says_exactly_one_offer_of_it()
    {
        foreach (var market in PricingService.Markets)
            (await pricing.Offer(market, "MI-4-WHT-16")).At(pricing.Clock.Now).State.ShouldBe(OfferState.Restricted);

        await using var connection = await pricing.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.QueryAsync(
            "select m.code, v.sku from markets m cross join variants v left join offers o on o.market = m.code and o.sku = v.sku where o.sku is null"))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_price_it_is_not_offered()
    {
        await pricing.Broker.Publish(PricingService.Product("scale", "MI-SCALE", "Scale", "Waage"));

        (await pricing.Offer("US", "MI-SCALE")).Schedule.ShouldBe([OfferTerms.NotOffered]);
        await (await pricing.Quote(PricingService.Cart("US", "MI-SCALE"))).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market");
    }

    [Fact]
    public async Task A_restriction_that_comes_or_goes_changes_the_offer_of_that_market_only()
    {
        var band = PricingService.Products.Single(product => product.Slug == "mi-band");

        await pricing.Broker.Publish(band with { Version = 2, Restrictions = [new("FR", ["patents"])] });
        (await pricing.Offer("FR", "MI-BAND-BLK", 2)).At(pricing.Clock.Now).Reasons.ShouldBe(["patents"]);

        await pricing.Broker.Publish(band with { Version = 3 });
        (await pricing.Offer("FR", "MI-BAND-BLK", 3)).At(pricing.Clock.Now).State.ShouldBe(OfferState.Sellable);
        pricing.Offers.Messages.Where(offer => offer.Sku == "MI-BAND-BLK" && offer.Market != "FR").ShouldAllBe(offer => offer.Version == 1);
    }

    [Fact]
    public async Task Old_and_repeated_news_changes_nothing()
    {
        var product = PricingService.Product("cable", "MI-CABLE", "Cable", "Kabel", version: 5);
        var id = Guid.CreateVersion7();
        await pricing.Broker.Publish(product, id);
        await pricing.Offer("DE", "MI-CABLE");

        await pricing.Broker.Publish(product, id);
        await pricing.Broker.Publish(product);
        await pricing.Broker.Publish(product with { Version = 4, Restrictions = [new("DE", ["patents"])] });
        await pricing.Broker.Publish(product with { Version = 6, Restrictions = [new("DE", ["localisation"])] });

        (await pricing.Offer("DE", "MI-CABLE", 2)).At(pricing.Clock.Now).Reasons.ShouldBe(["localisation"]);
        await using var connection = await pricing.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await Eventually.Passes(async () => (await connection.QueryAsync<long>("select version from offers where sku = 'MI-CABLE' order by market"))
            .ShouldBe([2L, 1L, 1L, 1L]));
    }

    [Fact]
    public async Task A_sku_that_it_no_longer_names_is_not_offered_any_more()
    {
        var names = new Dictionary<string, string> { ["en"] = "Case" };
        var product = new ProductPublished("case", 1, "accessories", [new("MI-CASE-RED", names), new("MI-CASE-BLUE", names)], []);
        await pricing.Broker.Publish(product);
        await pricing.Offer("GB", "MI-CASE-BLUE");
        (await pricing.Service.Operator().PutAsync("/api/admin/prices", System.Net.Http.Json.JsonContent.Create(
            new { market = "GB", sku = "MI-CASE-BLUE", price = new { amount = "4.99", currency = "GBP" } }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await pricing.Quote(PricingService.Cart("GB", "MI-CASE-BLUE"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await pricing.Broker.Publish(product with { Version = 2, Variants = [product.Variants[0]] });

        (await pricing.Offer("GB", "MI-CASE-BLUE", 3)).Schedule.ShouldBe([OfferTerms.NotOffered]);
    }
}
