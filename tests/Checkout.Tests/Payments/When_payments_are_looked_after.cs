using Dapper;

namespace MiStore.Checkout.Tests.Payments;

public sealed class When_payments_are_looked_after(CheckoutShop shop) : IClassFixture<CheckoutShop>
{
    [Fact]
    public async Task One_that_is_never_answered_holds_up_no_other()
    {
        var sku = await shop.OnSale(units: 2);
        var silent = await shop.PlaceWell(shop.Body(sku, token: "tok_silent"));
        await IsUnclear(silent);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.True(() => shop.Provider.Hanging.ContainsKey(silent.Id));

        var lost = await shop.PlaceWell(shop.Body(sku, token: "tok_lost"));
        await IsUnclear(lost);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));

        await shop.Becomes(lost, "paid");
        (await shop.Ask(HttpMethod.Get, silent)).Body.GetProperty("status").GetString().ShouldBe("paying");
    }

    Task IsUnclear(Placed order) => Eventually.Passes(async () =>
    {
        await using var connection = await shop.Database.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<int>("select payment_attempts from orders where id = @Id", new { order.Id })).ShouldBe(1);
    });
}
