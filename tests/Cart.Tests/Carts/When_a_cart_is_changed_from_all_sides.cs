namespace MiStore.Cart.Tests.Carts;

public sealed class When_a_cart_is_changed_from_all_sides(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task No_change_that_was_confirmed_is_lost()
    {
        string[] skus = ["MI-BAND", "PB-5000"];
        for (var round = 0; round < 25; round++)
        {
            var cart = await shop.OpenCart();
            var answers = await Task.WhenAll(skus.Select((sku, i) => shop.SetLine(cart, sku, i + 1)));

            answers.ShouldAllBe(answer => answer.Status == 200);
            var lines = (await shop.Client.Get($"/api/carts/{cart}"))["lines"];
            lines.EnumerateArray().Select(line => line.At("sku").GetString()).ShouldBe(skus, ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Many_at_once_are_done_or_told_to_try_again()
    {
        var cart = await shop.OpenCart();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i % 4 == 3
            ? shop.Client.Delete($"/api/carts/{cart}/lines/PB-5000")
            : shop.SetLine(cart, i % 4 == 0 ? "MI-BAND" : "PB-5000", i % 5 + 1)));

        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 409);
        // Who is told to try again has lost twelve races, and each of them to somebody else who was done.
        answers.Count(answer => answer.Status == 200).ShouldBeGreaterThanOrEqualTo(12);
        foreach (var refused in answers.Where(answer => answer.Status == 409))
            refused.ShouldBeProblem(HttpStatusCode.Conflict, "cart-changed");

        var version = await shop.Redis.Database.HashGetAsync("cart:{" + cart + "}", "version");
        ((int)version).ShouldBeLessThanOrEqualTo(1 + answers.Count(answer => answer.Status == 200));
    }
}
