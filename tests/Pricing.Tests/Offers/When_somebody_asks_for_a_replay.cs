using MiStore.Contracts.Offers;
using MiStore.Contracts.Replays;

namespace MiStore.Pricing.Tests.Offers;

public sealed class When_somebody_asks_for_a_replay(PricingService pricing) : IClassFixture<PricingService>
{
    [Fact]
    public async Task They_are_told_every_market_and_every_offer_and_how_many_that_was()
    {
        var finished = await pricing.Broker.Listen<ReplayFinished>();
        var offers = await pricing.Broker.Listen<OfferPublished>();

        await pricing.Broker.Publish(new ReplayRequested("cart", "catalog"));
        await pricing.Broker.Publish(new ReplayRequested("cart", "pricing"));

        (await finished.First(replay => replay.Producer == "pricing")).ShouldBe(new("cart", "pricing", 4 + 20));
        await Eventually.Passes(() =>
        {
            offers.Messages.Select(offer => (offer.Market, offer.Sku)).Distinct().Count().ShouldBe(20);
            return Task.CompletedTask;
        });
    }
}
