using Npgsql;

namespace MiStore.Journeys.Tests;

/// <summary>When more wait than can be served soon, the next is told so, and nobody who waits loses the place.</summary>
[Collection(Alone.Name)]
public sealed class A_full_lane_turns_buyers_away_at_once(Store store)
{
    const string Market = "FR";

    [Fact]
    public async Task And_sells_to_everybody_who_was_let_in()
    {
        // Beyond those who may wait, for each replica's lane, come the one turn that is on its way, and those who are to be turned away.
        var buyers = (Store.MaxWaiting + 256) * store.Stack.Replicas("checkout").Count + 40;
        var sku = await store.OwnProduct(Market, units: buyers);
        var quote = (await new Shopper(store, Market).Quote((sku, 1)))["quote"].GetString()!;

        List<Task<Answer>> orders;
        await using (var connection = new NpgsqlConnection(store.Stack.ConnectionString("checkoutdb")))
        {
            // As an operator does who releases a batch in that market and takes long over it: the lane has to wait.
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var hold = new NpgsqlCommand("select 1 from lanes where market = $1 for update", connection, transaction);
            hold.Parameters.Add(new NpgsqlParameter { Value = Market });
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            orders = [.. Enumerable.Range(0, buyers).Select(_ => new Shopper(store, Market).AskOrder(quote))];
            await Eventually.True(() => orders.Exists(order => order.IsCompleted));
        }

        var answers = await Task.WhenAll(orders);
        var busy = answers.Where(answer => answer.Status == (int)HttpStatusCode.ServiceUnavailable).ToList();
        busy.ShouldNotBeEmpty();
        foreach (var answer in busy)
        {
            answer.ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "busy");
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }

        foreach (var answer in answers.Except(busy))
            answer.ShouldBe(HttpStatusCode.Created);
        (await store.UnitsOf(Market, sku)).Remaining.ShouldBe(busy.Count);
        await store.ShouldHaveCleanBooks();
    }
}
