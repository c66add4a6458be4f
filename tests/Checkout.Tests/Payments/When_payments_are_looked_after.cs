using Dapper;
using Microsoft.Extensions.DependencyInjection;
using MiStore.Checkout.Orders;
using MiStore.Checkout.Payments;
using MiStore.Messaging;
using Npgsql;

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

    [Fact]
    public async Task One_whose_process_died_between_its_order_and_the_first_question_is_asked_for_when_it_is_due()
    {
        var sku = await shop.OnSale(units: 1);
        var placement = AnOrder.APlacement(sku: sku);
        // The order is committed, and nobody takes it from the queue of what is to be asked for.
        var dying = new LaneStore(
            shop.Service<IServiceProvider>().GetRequiredKeyedService<NpgsqlDataSource>(CheckoutDatabase.ByKey), new OutboxSignal(),
            new PaymentQueue(), shop.Clock);
        (await dying.Read("US", new LaneMemory(), [new OrderLane.Entry.New(placement)])).ShouldHaveSingleItem().ShouldBeOfType<PlacementResult.Reserved>();

        shop.Clock.Advance(TimeSpan.FromSeconds(16));

        await Eventually.True(() => shop.Provider.Charges.ContainsKey(placement.OrderId.ToString()));
        await Eventually.Passes(async () => (await shop.Stock(sku)).ShouldBe((0, 0, 1)));
    }

    Task IsUnclear(Placed order) => Eventually.Passes(async () =>
    {
        await using var connection = await shop.Database.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<int>("select payment_attempts from orders where id = @Id", new { order.Id })).ShouldBe(1);
    });
}
