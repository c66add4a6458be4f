using MiStore.Contracts;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Products;

namespace MiStore.Cart.Tests.Copies;

public sealed class When_news_is_late_or_repeated(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task The_highest_version_of_an_offer_stands_in_whatever_order_it_comes()
    {
        foreach (var version in new[] { 3, 10, 2, 10, 9, 1 })
            await shop.Broker.Publish(new OfferPublished("GB", "MI-BAND", version, [new(CartShop.Opening, OfferState.Sellable, new Money(version, "GBP"))]));
        await Settled();

        var cart = await shop.OpenCart("GB", ("MI-BAND", 1));
        (await shop.Client.Get($"/api/carts/{cart}"))["subtotal"].At("amount").GetString().ShouldBe("0.10");
    }

    [Fact]
    public async Task Versions_larger_than_a_double_can_tell_apart_are_told_apart()
    {
        const long large = long.MaxValue - 1;
        await shop.Broker.Publish(Price(large + 1, 700));
        await Eventually.Passes(async () => (await PriceNow()).ShouldBe("7.00"));
        await shop.Broker.Publish(Price(large, 800));
        await Settled();

        (await PriceNow()).ShouldBe("7.00");

        OfferPublished Price(long version, long pence) =>
            new("GB", "PB-5000", version, [new(CartShop.Opening, OfferState.Sellable, new Money(pence, "GBP"))]);

        async Task<string?> PriceNow() =>
            (await shop.SetLine(await shop.OpenCart("GB"), "PB-5000", 1)).ShouldBe(HttpStatusCode.OK)["subtotal"].At("amount").GetString();
    }

    [Fact]
    public async Task A_variant_that_a_product_no_longer_has_is_unknown()
    {
        await shop.Broker.Publish(new ProductPublished("case", 1, "accessories", [Variant("CASE-RED"), Variant("CASE-BLUE")], []));
        await Eventually.Passes(async () => (await Set("CASE-RED")).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market"));

        await shop.Broker.Publish(new ProductPublished("case", 2, "accessories", [Variant("CASE-BLUE")], []));
        await Eventually.Passes(async () => (await Set("CASE-RED")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku"));
        (await Set("CASE-BLUE")).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market");

        await shop.Broker.Publish(new ProductPublished("case", 1, "accessories", [Variant("CASE-RED"), Variant("CASE-BLUE")], []));
        await Settled();
        (await Set("CASE-RED")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku");
    }

    async Task<Answer> Set(string sku) => await shop.SetLine(await shop.OpenCart(), sku, 1);

    // News that is to change nothing leaves nothing to wait for, so the queues have to be seen empty.
    async Task Settled()
    {
        var version = DateTime.UtcNow.Ticks;
        await shop.Broker.Publish(new MarketChanged("ZZ", version, "Nowhere", "EUR", "en", ["en"]));
        await shop.Broker.Publish(new OfferPublished("ZZ", $"NOTHING-{version}", version, []));
        await shop.Broker.Publish(new ProductPublished("zz", version, "nothing", [Variant($"ZZ-{version}")], []));
        await Eventually.Passes(async () =>
        {
            var cart = await shop.OpenCart("ZZ");
            (await shop.SetLine(cart, $"NOTHING-{version}", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market");
            (await shop.SetLine(cart, $"ZZ-{version}", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market");
        });
    }

    static ProductVariant Variant(string sku) => new(sku, new Dictionary<string, string> { ["en"] = sku });
}
