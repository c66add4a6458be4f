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
    public static async Task PublishAvailability(this UnitOfWork work, string market, string sku, IReadOnlyCollection<Batch> batches)
    {
        var version = await work.Connection.QuerySingleAsync<long>("select nextval('availability_version')", transaction: work.Transaction);
        work.Publish(Availability.Of(market, sku, version, batches));
        foreach (var batch in batches.Where(batch => batch.WaitingRoom is not null))
            work.Publish(batch.Progress(version, await work.LatestTickets(batch.Id)));
    }

    // A waiting room that has lost its memory is told whom it need not admit again: the latest, which is all of most sales.
    static async Task<IReadOnlyList<Guid>> LatestTickets(this UnitOfWork work, Guid batchId) =>
        (await work.Connection.QueryAsync<Guid>(
            "select ticket from used_tickets where batch_id = @batchId order by used_at desc limit 5000", new { batchId }, work.Transaction)).AsList();
}
