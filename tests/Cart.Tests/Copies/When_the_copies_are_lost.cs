namespace MiStore.Cart.Tests.Copies;

public sealed class When_the_copies_are_lost(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task The_cart_says_that_it_cannot_say_until_it_has_been_told_again()
    {
        await shop.IsWhole();
        await shop.OthersFallSilent();
        var lost = await shop.OpenCart("US", ("MI-BAND", 1));
        await shop.Redis.Empty();

        (await shop.Client.Post("/api/carts", new { market = "US" })).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "service-unavailable")
            .Headers.RetryAfter.ShouldNotBeNull();
        await Eventually.Passes(async () => (await shop.Client.Get("/health")).ShouldBe(HttpStatusCode.ServiceUnavailable));
        (await shop.Client.Get("/alive")).ShouldBe(HttpStatusCode.OK);

        shop.Others.Answer = true;
        await shop.IsWhole();

        await shop.OpenCart("US", ("MI-BAND", 1));
        (await shop.Client.Get($"/api/carts/{lost}")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart");
    }

    [Fact]
    public async Task One_lost_offer_is_missed_too()
    {
        await shop.IsWhole();
        var cart = await shop.OpenCart();
        await shop.OthersFallSilent();
        await shop.Redis.Database.HashDeleteAsync("copies:{pricing}:offers", "US:PB-5000");

        (await shop.SetLine(cart, "PB-5000", 1)).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "service-unavailable");
        (await shop.SetLine(cart, "MI-BAND", 1)).ShouldBe(HttpStatusCode.OK);

        shop.Others.Answer = true;
        await Eventually.Passes(async () => (await shop.SetLine(cart, "PB-5000", 1)).ShouldBe(HttpStatusCode.OK));
    }
}
