using Dapper;
using Npgsql;
using StackExchange.Redis;

namespace MiStore.Journeys.Tests;

[Collection(Alone.Name)]
public sealed class A_service_that_lost_its_copies_is_whole_again(Store store)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("offers")]
    [InlineData("availability")]
    [InlineData("markets")]
    public async Task Catalog_lists_what_it_listed_before(string copies)
    {
        // Another page size each time, so that no cache can answer for Catalog.
        var asked = 0;
        Task<Answer> List() => store.Door.Get($"/api/markets/DE/products?pageSize={50 + asked++ % 50}");
        // Another test may have paused the market, and the news that it goes on be on its way.
        var before = await Eventually.Passes(async () =>
        {
            var items = (await List()).ShouldBe(HttpStatusCode.OK)["items"].GetRawText();
            items.ShouldNotContain("\"paused\"");
            return items;
        }, Patience);
        await using var connection = new NpgsqlConnection(store.Stack.ConnectionString("catalogdb"));
        Task<long> Count() => connection.ExecuteScalarAsync<long>($"select count(*) from {copies}");
        var rows = await Count();

        (await connection.ExecuteAsync($"delete from {copies}")).ShouldBe((int)rows);

        await Eventually.True(async () => await Count() == rows, Patience);
        (await List()).ShouldBe(HttpStatusCode.OK)["items"].GetRawText().ShouldBe(before);
        await Eventually.Passes(store.ShouldBeHealthy, Patience);
    }

    [Fact]
    public async Task Cart_sells_again_what_it_sold_before()
    {
        var shopper = new Shopper(store, "GB");
        var before = await shopper.OpenCart((Goods.Band, 2), (Goods.Headphones, 1));
        using (var redis = await ConnectionMultiplexer.ConnectAsync(store.Stack.ConnectionString("redis")))
            await redis.GetDatabase().ScriptEvaluateAsync("return redis.call('flushall')", [], []);

        // Until it knows again it says so; it never says that something is not sold which is.
        var after = await Eventually.Passes(async () =>
        {
            var answer = await store.Door.Post("/api/carts", new
            {
                market = "GB",
                lines = new[] { new { sku = Goods.Band, quantity = 2 }, new { sku = Goods.Headphones, quantity = 1 } },
            });
            if (answer.Status != 201)
                answer.ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "service-unavailable");
            return answer.ShouldBe(HttpStatusCode.Created);
        }, Patience);

        after["lines"].GetRawText().ShouldBe(before["lines"].GetRawText());
        after["subtotal"].GetRawText().ShouldBe(before["subtotal"].GetRawText());
        (await store.Door.Put($"/api/carts/{after["id"].GetString()}/lines/{Goods.Phone}", new { quantity = 1 }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market");
        await Eventually.Passes(store.ShouldBeHealthy, Patience);
    }
}
