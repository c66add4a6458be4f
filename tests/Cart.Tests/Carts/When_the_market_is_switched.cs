namespace MiStore.Cart.Tests.Carts;

public sealed class When_the_market_is_switched(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task Each_line_says_what_became_of_it()
    {
        shop.Clock.Now = CartShop.HeadphonesFrom;
        var cart = await shop.OpenCart("US", ("MI-BAND", 4), ("PB-5000", 1), ("HEADPHONES", 1));

        var answer = (await shop.Client.Put($"/api/carts/{cart}/market", new { market = "de" })).ShouldBe(HttpStatusCode.OK);

        answer["changes"].ShouldBeJson(
            """
            [
                {
                    "sku": "MI-BAND", "change": "repriced", "reasons": null, "availableFrom": null,
                    "from": {"amount": "14.99", "currency": "USD"}, "to": {"amount": "14.99", "currency": "EUR"}
                },
                {"sku": "MI-BAND", "change": "limited", "from": 4, "to": 2, "reasons": null, "availableFrom": null},
                {
                    "sku": "PB-5000", "change": "repriced", "reasons": null, "availableFrom": null,
                    "from": {"amount": "9.99", "currency": "USD"}, "to": {"amount": "9.99", "currency": "EUR"}
                },
                {
                    "sku": "HEADPHONES", "change": "not-sold-in-market", "from": null, "to": null,
                    "reasons": ["localisation"], "availableFrom": null
                }
            ]
            """);

        var after = answer["cart"];
        after.At("market").GetString().ShouldBe("DE");
        after.At("lines").GetArrayLength().ShouldBe(3);
        after.At("lines")[2].At("state").GetString().ShouldBe("unavailable");
        after.At("lines")[2].At("unitPrice").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        after.At("subtotal").ShouldBeJson("""{"amount":"39.97","currency":"EUR"}""");
        (await shop.Client.Get($"/api/carts/{cart}")).Text.ShouldBe(after.ToString());
    }

    [Fact]
    public async Task Staying_in_the_market_changes_nothing()
    {
        var cart = await shop.OpenCart("US", ("MI-BAND", 4));
        var before = await shop.Client.Get($"/api/carts/{cart}");

        var answer = (await shop.Client.Put($"/api/carts/{cart}/market", new { market = "US" })).ShouldBe(HttpStatusCode.OK);

        answer["changes"].GetArrayLength().ShouldBe(0);
        answer["cart"].ToString().ShouldBe(before.Text);
    }

    [Fact]
    public async Task A_market_that_we_do_not_have_is_unknown_and_the_cart_stays()
    {
        var cart = await shop.OpenCart("US", ("MI-BAND", 4));

        (await shop.Client.Put($"/api/carts/{cart}/market", new { market = "IT" })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        (await shop.Client.Get($"/api/carts/{cart}"))["market"].GetString().ShouldBe("US");
    }
}
