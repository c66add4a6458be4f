using MiStore.Contracts.Products;
using MiStore.Contracts.Replays;

namespace MiStore.Catalog.Tests.Replays;

public sealed class When_another_service_asks_for_everything(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task It_is_told_every_product_and_how_many_there_were()
    {
        var products = await shop.Broker.Listen<ProductPublished>();
        var finished = await shop.Broker.Listen<ReplayFinished>();

        await shop.Broker.Publish(new ReplayRequested("cart", "catalog"));

        (await finished.First(said => said.Producer == "catalog")).ShouldBe(new ReplayFinished("cart", "catalog", 6));
        await Eventually.True(() => products.Messages.Count == 6);
        products.Messages.Select(product => product.Slug).Order().ShouldBe(
            ["mi-4", "mi-band", "mi-headphones", "mi-pad", "mi-power-bank-10500", "mi-power-bank-5000"]);
        var phone = products.Messages.Single(product => product.Slug == "mi-4");
        phone.Category.ShouldBe("phones");
        phone.Restrictions.Select(restriction => restriction.Market).ShouldBe(["DE", "FR", "GB", "US"]);
        phone.Restrictions.ShouldAllBe(restriction => restriction.Reasons.SequenceEqual(new[] { "patents", "support-centre", "localisation" }));
        phone.Variants.Single().Names["fr"].ShouldBe("Mi 4, blanc, 16 Go");
    }

    [Fact]
    public async Task What_was_asked_of_others_is_not_answered()
    {
        var finished = await shop.Broker.Listen<ReplayFinished>();
        var request = Guid.NewGuid();

        await shop.Broker.Publish(new ReplayRequested("gateway", "stock"));
        await shop.Broker.Publish(new ReplayRequested("gateway", "catalog"), request);
        await shop.Broker.Publish(new ReplayRequested("gateway", "catalog"), request);
        await shop.Broker.Publish(new ReplayRequested("checkout", "catalog"));

        await finished.First(said => said.By == "checkout");
        await finished.First(said => said.By == "gateway");
        finished.Messages.Where(said => said.By == "gateway").ShouldBe([new ReplayFinished("gateway", "catalog", 6)]);
    }
}
