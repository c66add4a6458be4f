namespace MiStore.Journeys.Tests;

public sealed class A_payment_goes_wrong(Store store)
{
    const int All = 10;

    [Theory]
    [InlineData("tok_declined", "generic_decline")]
    [InlineData("tok_insufficient_funds", "insufficient_funds")]
    public async Task A_declined_card_gives_the_units_back(string token, string reason)
    {
        var sku = await store.OwnProduct("US", All);

        var order = await new Shopper(store, "US").Buy(sku, 2, token);

        (await order.Becomes("rejected"))["reason"].GetString().ShouldBe(reason);
        (await store.UnitsOf("US", sku)).ShouldBe(new Units(All, 0, 0));
        (await store.MoneyTaken(order.Id)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tok_slow")]
    [InlineData("tok_timeout")]
    [InlineData("tok_duplicate")]
    public async Task However_the_provider_answers_the_customer_pays_once(string token)
    {
        var sku = await store.OwnProduct("GB", All);

        var order = await new Shopper(store, "GB").Buy(sku, 3, token);
        (await store.UnitsOf("GB", sku)).Remaining.ShouldBe(All - 3);

        await order.Becomes("paid");
        await order.ShouldBePaidOnce();
        (await store.UnitsOf("GB", sku)).ShouldBe(new Units(All - 3, 0, 3));
    }

    [Fact]
    public async Task A_paid_order_that_is_cancelled_gives_units_and_money_back()
    {
        var sku = await store.OwnProduct("DE", All);
        var order = await new Shopper(store, "DE").Buy(sku, 2);
        await order.Becomes("paid");

        (await order.Cancel()).ShouldBe(HttpStatusCode.OK);

        (await store.UnitsOf("DE", sku)).ShouldBe(new Units(All, 0, 0));
        Order.Timeline(await order.Becomes("refunded")).ShouldBe(["reserved", "paying", "paid", "cancelled", "refunded"]);
        await order.ShouldBeRefundedInFull();

        // Once more changes nothing more.
        (await order.Cancel()).ShouldBe(HttpStatusCode.OK)["status"].GetString().ShouldBe("refunded");
        (await store.UnitsOf("DE", sku)).ShouldBe(new Units(All, 0, 0));
        await order.ShouldBeRefundedInFull();
    }
}
