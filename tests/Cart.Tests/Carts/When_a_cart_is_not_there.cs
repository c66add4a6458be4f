namespace MiStore.Cart.Tests.Carts;

public sealed class When_a_cart_is_not_there(CartShop shop) : IClassFixture<CartShop>
{
    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("1")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("}{*$")]
    public async Task Every_call_says_so_whatever_the_id_looks_like(string id)
    {
        (await shop.Client.Get($"/api/carts/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart");
        (await shop.SetLine(id, "MI-BAND", 1)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart");
        (await shop.Client.Delete($"/api/carts/{id}/lines/MI-BAND")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart");
        (await shop.Client.Put($"/api/carts/{id}/market", new { market = "DE" })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart");
    }

    [Fact]
    public async Task A_very_long_id_is_as_unknown_as_a_short_one() =>
        (await shop.Client.Get($"/api/carts/{new string('A', 4000)}")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart");
}
