using Dapper;
using MiStore.Messaging;

namespace MiStore.Checkout.Stock;

/// <summary>
/// What operators do to a SKU's stock: one at a time in a market, and not in the middle of a lane's turn, so that news of
/// what is left is made from all of the batches as they are.
/// </summary>
static class StockWork
{
    /// <summary>Every batch of the SKU, locked until the work ends.</summary>
    public static async Task<List<Batch>> LockStock(this UnitOfWork work, string market, string sku)
    {
        // A batch that does not exist yet has no row to lock. The lanes hold this lock shared.
        await work.Connection.ExecuteAsync(
            "select pg_advisory_xact_lock(hashtextextended(@market, 0))", new { market }, work.Transaction);
        return (await work.Connection.QueryAsync<Batch>(
            $"select {Batch.Columns} from batches where market = @market and sku = @sku order by id for update",
            new { market, sku }, work.Transaction)).AsList();
    }

    /// <summary>Tells everybody what is left, as the batches are after the change.</summary>
    public static async Task PublishAvailability(this UnitOfWork work, string market, string sku, IEnumerable<Batch> batches)
    {
        var version = await work.Connection.QuerySingleAsync<long>("select nextval('availability_version')", transaction: work.Transaction);
        work.Publish(Availability.Of(market, sku, version, batches));
    }
}
