using Dapper;
using MiStore.Messaging;

namespace MiStore.Checkout.Stock;

/// <summary>
/// What operators do to a SKU's stock: one at a time for each SKU, so that news of what is left is made from batches
/// that nobody else is changing. (Orders go through the lane, which holds the same row locks.)
/// </summary>
static class StockWork
{
    /// <summary>Every batch of the SKU, locked until the work ends.</summary>
    public static async Task<List<Batch>> LockStock(this UnitOfWork work, string market, string sku)
    {
        // A SKU without a batch has no row to lock yet.
        await work.Connection.ExecuteAsync(
            "select pg_advisory_xact_lock(hashtextextended(@market || ' ' || @sku, 0))", new { market, sku }, work.Transaction);
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
