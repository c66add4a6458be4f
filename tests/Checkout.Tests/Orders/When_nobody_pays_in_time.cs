using MiStore.Checkout.Payments;

namespace MiStore.Checkout.Tests.Orders;

public sealed class When_nobody_pays_in_time(CheckoutShop shop) : IClassFixture<CheckoutShop>
{
    [Fact]
    public async Task The_units_go_back_and_late_money_is_refunded()
    {
        var sku = await shop.OnSale(units: 1);
        shop.Provider.IsAway = true;
        var order = await shop.PlaceWell(shop.Body(sku));

        shop.Clock.Advance(TimeSpan.FromMinutes(11));
        await shop.Becomes(order, "expired");
        (await shop.Stock(sku)).ShouldBe((1, 0, 0));

        // The provider comes back, and had taken the money after all.
        shop.Provider.IsAway = false;
        await Report(order, "evt_late");
        await shop.Becomes(order, "refunded");
        (await shop.Stock(sku)).ShouldBe((1, 0, 0));
        await shop.BooksBalance();
    }

    [Fact]
    public async Task A_report_that_nobody_signed_changes_nothing()
    {
        var sku = await shop.OnSale(units: 1);
        shop.Provider.IsAway = true;
        var order = await shop.PlaceWell(shop.Body(sku));

        (await Send(order, "evt_forged", secret: "not the provider's")).ShouldBe(400);

        (await shop.Ask(HttpMethod.Get, order)).Body.GetProperty("status").GetString().ShouldNotBe("paid");
        shop.Provider.IsAway = false;
    }

    async Task Report(Placed order, string id)
    {
        (await Send(order, id, TestKeys.Webhooks)).ShouldBe(200);
        (await Send(order, id, TestKeys.Webhooks)).ShouldBe(200);
    }

    async Task<int> Send(Placed order, string id, string secret)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(
            $$"""
            {"id":"{{id}}","object":"event","type":"payment_intent.succeeded","created":1,"data":{"object":
            {"id":"pi_{{order.Id}}","object":"payment_intent","amount":1499,"currency":"usd","status":"succeeded","metadata":{"order_id":"{{order.Id}}"} } } }
            """);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/payments") { Content = new ByteArrayContent(body) };
        request.Headers.Add(StripeSignature.Header, StripeSignature.Sign(body, secret, shop.Clock.Now));
        using var answer = await shop.Client.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
