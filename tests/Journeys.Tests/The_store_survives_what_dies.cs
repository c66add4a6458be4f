using System.Net.Sockets;

namespace MiStore.Journeys.Tests;

/// <summary>
/// Processes are killed while people buy. Each of them asks again, with the same key, until there is an answer: as their
/// browsers would.
/// </summary>
[Collection(Alone.Name)]
public sealed class The_store_survives_what_dies(Store store)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("checkout")]
    [InlineData("cart")]
    [InlineData("redis")]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    [InlineData("payment-sandbox")]
    [InlineData("gateway")]
    public async Task Whoever_tries_again_has_bought_once(string victim)
    {
        const int shoppers = 6;
        var sku = await store.OwnProduct("US", 100);

        // One is in the middle of a payment when it happens, the others come while it happens.
        var early = new Shopper(store, "US");
        var paying = await early.Buy(sku, 1, "tok_slow");
        var late = Enumerable.Range(0, shoppers).Select(_ => BuyStubbornly(new Shopper(store, "US"), sku)).ToList();
        store.Stack.Kill(victim);

        Order[] orders = [paying, .. await Task.WhenAll(late)];
        foreach (var order in orders)
        {
            await order.Becomes("paid");
            await Eventually.Passes(order.ShouldBePaidOnce, Patience);
        }

        await Eventually.Passes(store.ShouldBeHealthy, Patience);
        (await store.UnitsOf("US", sku)).ShouldBe(new Units(100 - shoppers - 1, 0, shoppers + 1));
        await store.ShouldHaveCleanBooks();
    }

    [Fact]
    public async Task Without_the_broker_orders_are_accepted_and_become_paid()
    {
        var sku = await store.OwnProduct("DE", 100);
        var shopper = new Shopper(store, "DE");
        var broker = new Uri(store.Stack.Resource("rabbitmq").Url!);

        // It comes back by itself within seconds; on a slow machine an order may take longer than that.
        var order = await Eventually.Passes(async () =>
        {
            await Eventually.Passes(store.ShouldBeHealthy, Patience);
            var quote = await shopper.Quote((sku, 1));
            store.Stack.Kill("rabbitmq");
            var placed = await shopper.PlaceOrder(quote);
            (await Answers(broker)).ShouldBeFalse("The broker was back before the order was accepted.");
            return placed;
        }, 2 * Patience);

        await order.Becomes("paid");
        await order.ShouldBePaidOnce();
        await Eventually.Passes(store.ShouldBeHealthy, Patience);
        await store.ShouldHaveCleanBooks();
    }

    async Task<Order> BuyStubbornly(Shopper shopper, string sku)
    {
        var key = Guid.NewGuid().ToString();
        var quote = await Answered(async () => (await shopper.OpenCart((sku, 1)), await shopper.Quote((sku, 1))));
        string Sealed() => quote.Item2["quote"].GetString()!;
        Task<Answer> Ask() => Answered(async () =>
        {
            var answer = await shopper.AskOrder(Sealed(), key: key, cartId: quote.Item1["id"].GetString());
            answer.Status.ShouldBeOneOf([200, 201], answer.Text);
            return answer;
        });

        var order = shopper.Placed(await Ask());
        // Once more, as somebody who did not see the answer.
        shopper.Placed(await Ask()).Id.ShouldBe(order.Id);
        return order;
    }

    static Task<T> Answered<T>(Func<Task<T>> ask) => Eventually.Passes(ask, Patience);

    static async Task<bool> Answers(Uri server)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
