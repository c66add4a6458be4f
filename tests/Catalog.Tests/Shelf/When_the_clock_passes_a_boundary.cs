using MiStore.Contracts;
using MiStore.Contracts.Offers;

namespace MiStore.Catalog.Tests.Shelf;

public sealed class When_the_clock_passes_a_boundary(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task An_upcoming_product_is_for_sale_without_a_message()
    {
        shop.Clock.Now = CatalogShop.HeadphonesFrom.AddTicks(-1);
        (await shop.Offer("US", "mi-headphones")).At("state").GetString().ShouldBe("upcoming");
        (await shop.Offer("US", "mi-headphones")).At("availableFrom").GetString().ShouldBe("2015-06-10T04:00:00Z");

        shop.Clock.Now = CatalogShop.HeadphonesFrom;
        // Its terms say so; nothing was ever released, so it is not sold out either.
        (await shop.Offer("US", "mi-headphones")).At("price").At("amount").GetString().ShouldBe("79.99");
        (await shop.Offer("US", "mi-power-bank-10500")).At("state").GetString().ShouldBe("sellable");
    }

    [Fact]
    public async Task The_cache_is_told_to_ask_again_by_then()
    {
        shop.Clock.Now = CatalogShop.SecondBatch.AddSeconds(-7.5);
        (await SharedMaxAge("/api/markets/US/products/mi-power-bank-10500")).ShouldBe(7);
        (await SharedMaxAge("/api/markets/US/products")).ShouldBe(7);
        (await SharedMaxAge("/api/markets/FR/products")).ShouldBe(60);

        shop.Clock.Now = CatalogShop.SecondBatch.AddSeconds(-0.5);
        (await SharedMaxAge("/api/markets/US/products")).ShouldBeNull();
    }

    [Fact]
    public async Task A_product_that_is_hidden_today_is_there_tomorrow_and_the_cache_knows()
    {
        var tomorrow = CatalogShop.Now.AddDays(1);
        shop.Clock.Now = tomorrow.AddSeconds(-20);
        await shop.Broker.Publish(new OfferPublished("GB", "MI-HP-GLD", 1,
        [
            new(DateTimeOffset.MinValue, OfferState.NotOffered),
            new(tomorrow, OfferState.Upcoming, new Money(6999, "GBP"), AvailableFrom: tomorrow.AddDays(1)),
        ]));
        await Eventually.Passes(async () => (await SharedMaxAge("/api/markets/GB/products")).ShouldBe(20));
        (await shop.Slugs("GB")).ShouldBe(["mi-4", "mi-pad"]);
        (await shop.Client.Get("/api/markets/GB/products/mi-headphones")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-product");

        shop.Clock.Now = tomorrow;
        (await shop.Slugs("GB")).ShouldBe(["mi-headphones", "mi-4", "mi-pad"]);
    }

    async Task<int?> SharedMaxAge(string path)
    {
        var caching = (await shop.Client.Get(path)).ShouldBe(HttpStatusCode.OK).Headers.CacheControl!;
        caching.Public.ShouldBeTrue();
        caching.MustRevalidate.ShouldBeTrue();
        caching.MaxAge.ShouldBe(TimeSpan.Zero);
        return (int?)caching.SharedMaxAge?.TotalSeconds;
    }
}
