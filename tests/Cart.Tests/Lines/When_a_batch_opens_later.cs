using MiStore.Contracts.Stock;

namespace MiStore.Cart.Tests.Lines;

public sealed class When_a_batch_opens_later(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task The_cart_says_so_as_the_shelf_does_until_the_batch_opens_by_the_clock()
    {
        var cart = await shop.OpenCart("US");
        shop.Clock.Now = CartShop.HeadphonesFrom.AddMilliseconds(-1);
        var refusal = (await shop.SetLine(cart, "CABLE", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open");
        refusal["availableFrom"].GetDateTimeOffset().ShouldBe(CartShop.HeadphonesFrom);

        shop.Clock.Now = CartShop.HeadphonesFrom;
        (await shop.SetLine(cart, "CABLE", 1)).ShouldBe(HttpStatusCode.OK);

        // Put off: what was picked stays, and says when it can be bought.
        var later = CartShop.HeadphonesFrom.AddDays(1);
        await shop.Broker.Publish(new AvailabilityChanged("US", "CABLE", 3, [new(later, null, Remaining.Many)]));
        await shop.Broker.Publish(new AvailabilityChanged("US", "CABLE", 2, [new(CartShop.Opening, null, Remaining.Many)]));
        await Eventually.Passes(async () =>
        {
            var line = (await shop.Client.Get($"/api/carts/{cart}"))["lines"][0];
            line.At("problem").GetString().ShouldBe("not-yet-open");
            line.At("availableFrom").GetDateTimeOffset().ShouldBe(later);
        });
    }
}
