namespace MiStore.Journeys.Tests;

public sealed class A_payment_comes_too_late(Store store)
{
    [Fact]
    public async Task The_hold_ends_in_time_and_the_money_goes_back()
    {
        var sku = await store.OwnProduct("FR", 5);

        var order = await new Shopper(store, "FR").Buy(sku, 5, "tok_late");
        (await store.UnitsOf("FR", sku)).ShouldBe(new Units(0, 5, 0));

        var refunded = await order.Becomes("refunded");
        Order.Timeline(refunded).ShouldBe(["reserved", "paying", "expired", "refunded"]);
        refunded["reason"].GetString().ShouldBe("reservation-expired");
        await order.ShouldBeRefundedInFull();
        (await store.UnitsOf("FR", sku)).ShouldBe(new Units(5, 0, 0));
    }
}
