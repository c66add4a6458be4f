using MiStore.Contracts;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Products;

namespace MiStore.Cart.Tests.Lines;

public sealed class When_a_line_is_set(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task The_cart_comes_back_with_prices_and_a_subtotal()
    {
        var cart = await shop.OpenCart("US", ("PB-5000", 3));
        var answer = (await shop.SetLine(cart, "MI-BAND", 2)).ShouldBe(HttpStatusCode.OK);

        answer["lines"].ShouldBeJson(
            """
            [
                {
                    "sku": "PB-5000", "name": "Power bank", "quantity": 3, "state": "ok",
                    "unitPrice": {"amount": "9.99", "currency": "USD"}, "lineTotal": {"amount": "29.97", "currency": "USD"},
                    "limitPerCustomer": null, "problem": null, "reasons": null, "availableFrom": null
                },
                {
                    "sku": "MI-BAND", "name": "Mi Band", "quantity": 2, "state": "ok",
                    "unitPrice": {"amount": "14.99", "currency": "USD"}, "lineTotal": {"amount": "29.98", "currency": "USD"},
                    "limitPerCustomer": 5, "problem": null, "reasons": null, "availableFrom": null
                }
            ]
            """);
        answer["subtotal"].ShouldBeJson("""{"amount":"59.95","currency":"USD"}""");
    }

    [Fact]
    public async Task Setting_it_twice_leaves_the_cart_the_same()
    {
        var cart = await shop.OpenCart();
        var once = await shop.SetLine(cart, "MI-BAND", 2);
        var twice = await shop.SetLine(cart, "MI-BAND", 2);

        twice.ShouldBe(HttpStatusCode.OK).Text.ShouldBe(once.Text);
    }

    [Fact]
    public async Task Setting_another_quantity_replaces_the_first()
    {
        var cart = await shop.OpenCart("US", ("MI-BAND", 2));
        var answer = await shop.SetLine(cart, "MI-BAND", 5);

        answer["lines"].GetArrayLength().ShouldBe(1);
        answer["lines"][0].At("quantity").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task Removing_it_is_done_once_or_twice()
    {
        var cart = await shop.OpenCart("US", ("MI-BAND", 2), ("PB-5000", 1));

        for (var i = 0; i < 2; i++)
        {
            var answer = (await shop.Client.Delete($"/api/carts/{cart}/lines/MI-BAND")).ShouldBe(HttpStatusCode.OK);
            answer["lines"].GetArrayLength().ShouldBe(1);
            answer["subtotal"].At("amount").GetString().ShouldBe("9.99");
        }
    }

    [Theory]
    [InlineData("DE", "", "Zusatzakku")]
    [InlineData("DE", "?language=en", "Power bank")]
    [InlineData("DE", "?language=de-AT", "Zusatzakku")]
    [InlineData("DE", "?language=tlh", "Zusatzakku")]
    [InlineData("US", "?language=DE", "Zusatzakku")]
    public async Task The_name_is_in_the_language_asked_for_or_the_market_s_own(string market, string query, string name)
    {
        var cart = await shop.OpenCart(market, ("PB-5000", 1));

        (await shop.Client.Get($"/api/carts/{cart}{query}"))["lines"][0].At("name").GetString().ShouldBe(name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task It_must_be_one_to_ninety_nine_units(long quantity) =>
        (await shop.SetLine(await shop.OpenCart(), "PB-5000", quantity)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-quantity");

    [Fact]
    public async Task A_product_that_nobody_has_is_unknown() =>
        (await shop.SetLine(await shop.OpenCart(), "NOTHING", 1)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku");

    [Fact]
    public async Task A_restricted_product_is_refused_with_the_reasons()
    {
        var refused = (await shop.SetLine(await shop.OpenCart(), "MI-NOTE", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market");

        refused["reasons"].ShouldBeJson("""["patents","support-centre"]""");
    }

    [Fact]
    public async Task A_product_without_an_offer_in_the_market_is_not_sold_there()
    {
        var refused = await shop.SetLine(await shop.OpenCart("GB"), "PB-5000", 1);

        refused.ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market")["reasons"].ShouldBeJson("[]");
    }

    [Fact]
    public async Task More_than_one_customer_may_buy_is_refused_with_the_limit()
    {
        var cart = await shop.OpenCart();

        (await shop.SetLine(cart, "MI-BAND", 6)).ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded")["limit"].GetInt32().ShouldBe(5);
        (await shop.SetLine(cart, "MI-BAND", 5)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_product_that_is_still_to_come_is_refused_with_its_date()
    {
        var refused = await shop.SetLine(await shop.OpenCart(), "HEADPHONES", 1);

        refused.ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open")["availableFrom"].GetDateTimeOffset().ShouldBe(CartShop.HeadphonesFrom);
    }

    [Fact]
    public async Task A_paused_market_says_that_it_is_paused() =>
        (await shop.SetLine(await shop.OpenCart(), "PB-10500", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "market-paused");

    [Fact]
    public async Task There_is_room_for_fifty_lines()
    {
        var skus = Enumerable.Range(1, 51).Select(i => $"SKU-{i}").ToList();
        await shop.Broker.Publish(new ProductPublished(
            "many", 1, "accessories", [.. skus.Select(sku => new ProductVariant(sku, new Dictionary<string, string> { ["en"] = sku }))], []));
        foreach (var sku in skus)
            await shop.Broker.Publish(new OfferPublished("US", sku, 1, [new(CartShop.Opening, OfferState.Sellable, new Money(100, "USD"))]));

        var cart = await shop.OpenCart();
        foreach (var sku in skus.Take(50))
            await Eventually.Passes(async () => (await shop.SetLine(cart, sku, 1)).ShouldBe(HttpStatusCode.OK));
        await Eventually.Passes(async () => (await shop.SetLine(cart, skus[50], 1)).ShouldBeProblem(HttpStatusCode.Conflict, "cart-full"));
        (await shop.SetLine(cart, skus[0], 2)).ShouldBe(HttpStatusCode.OK)["subtotal"].At("amount").GetString().ShouldBe("51.00");
    }
}
