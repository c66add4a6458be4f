namespace MiStore.Cart.Tests.Lines;

public sealed class When_the_clock_passes_a_boundary(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task The_cart_follows_without_a_word_from_anybody()
    {
        shop.Clock.Now = CartShop.Opening.AddHours(1);
        var cart = await shop.OpenCart("US", ("PB-10500", 1), ("MI-BAND", 1));
        (await shop.SetLine(cart, "HEADPHONES", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open");

        // PB-10500 is paused a day after the opening, the headphones come on the tenth.
        shop.Clock.Now = CartShop.HeadphonesFrom;
        var later = (await shop.SetLine(cart, "HEADPHONES", 1)).ShouldBe(HttpStatusCode.OK);

        later["lines"][0].At("state").GetString().ShouldBe("unavailable");
        later["lines"][0].At("problem").GetString().ShouldBe("market-paused");
        later["lines"][2].At("state").GetString().ShouldBe("ok");
        later["subtotal"].At("amount").GetString().ShouldBe("94.98");
    }
}
