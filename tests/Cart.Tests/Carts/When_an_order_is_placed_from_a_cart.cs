using MiStore.Contracts;
using MiStore.Contracts.Orders;

namespace MiStore.Cart.Tests.Carts;

public sealed class When_an_order_is_placed_from_a_cart(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task What_was_ordered_is_gone_and_what_was_picked_meanwhile_is_not()
    {
        var cart = await shop.OpenCart("US", ("MI-BAND", 2), ("PB-5000", 1));
        (await shop.SetLine(cart, "MI-BAND", 5)).ShouldBe(HttpStatusCode.OK);

        await Place(Guid.NewGuid(), cart, ("MI-BAND", 2), ("PB-5000", 1));
        await Eventually.Passes(async () => (await Lines(cart)).ShouldBe([("MI-BAND", 3)]));
    }

    [Fact]
    public async Task Hearing_of_it_twice_takes_nothing_more()
    {
        var cart = await shop.OpenCart("US", ("MI-BAND", 1));
        var order = Guid.NewGuid();
        await Place(order, cart, ("MI-BAND", 1));
        await Eventually.Passes(async () => (await Lines(cart)).ShouldBeEmpty());

        (await shop.SetLine(cart, "MI-BAND", 1)).ShouldBe(HttpStatusCode.OK);
        await Place(order, cart, ("MI-BAND", 1));
        // Another order of the same cart shows that the repeat has been heard.
        (await shop.SetLine(cart, "PB-5000", 2)).ShouldBe(HttpStatusCode.OK);
        await Place(Guid.NewGuid(), cart, ("PB-5000", 1));
        await Eventually.Passes(async () => (await Lines(cart)).ShouldBe([("MI-BAND", 1), ("PB-5000", 1)]));
    }

    [Fact]
    public async Task An_order_without_a_cart_or_from_one_that_is_forgotten_concerns_nobody()
    {
        var cart = await shop.OpenCart("US", ("MI-BAND", 1));
        await Place(Guid.NewGuid(), null, ("MI-BAND", 1));
        await Place(Guid.NewGuid(), "AAAAAAAAAAAAAAAAAAAAAA", ("MI-BAND", 1));
        await Place(Guid.NewGuid(), "not a cart", ("MI-BAND", 1));
        await Place(Guid.NewGuid(), cart, ("PB-5000", 1));

        (await Lines(cart)).ShouldBe([("MI-BAND", 1)]);
    }

    [Fact]
    public async Task Orders_of_one_moment_are_each_taken_out_of_their_carts_also_of_one_and_the_same()
    {
        var (one, other) = (await shop.OpenCart("US", ("MI-BAND", 5), ("PB-5000", 1)), await shop.OpenCart("US", ("MI-BAND", 2)));

        await Tell(
            Placed(Guid.NewGuid(), one, ("MI-BAND", 1)), Placed(Guid.NewGuid(), other, ("MI-BAND", 1)), Placed(Guid.NewGuid(), null, ("MI-BAND", 1)),
            Placed(Guid.NewGuid(), one, ("MI-BAND", 1), ("PB-5000", 1)));

        await Eventually.Passes(async () => (await Lines(one)).ShouldBe([("MI-BAND", 3)]));
        await Eventually.Passes(async () => (await Lines(other)).ShouldBe([("MI-BAND", 1)]));
    }

    Task Place(Guid order, string? cart, params (string Sku, int Quantity)[] lines) => Tell(Placed(order, cart, lines));

    Task Tell(params object[] placed) => shop.Broker.Publish(OrdersProgressed.Of("US", placed));

    static OrderPlaced Placed(Guid order, string? cart, params (string Sku, int Quantity)[] lines) => new(
        order, "MI-1", "US", new Money(1, "USD"), cart, CartShop.Opening, [.. lines.Select(line => new OrderedLine(line.Sku, line.Quantity))]);

    async Task<IEnumerable<(string?, int)>> Lines(string cart) => (await shop.Client.Get($"/api/carts/{cart}")).ShouldBe(HttpStatusCode.OK)["lines"]
        .EnumerateArray().Select(line => (line.At("sku").GetString(), line.At("quantity").GetInt32()));
}
