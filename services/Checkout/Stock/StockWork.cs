using Dapper;
using MiStore.Checkout.Orders;
using MiStore.Messaging;
using Npgsql;

namespace MiStore.Checkout.Stock;

/// <summary>
/// What operators do to a SKU's stock, and what is told of it: a turn of the market like the lane's own. Nothing moves meanwhile, and
/// the lane sees by the number that somebody was there.
/// </summary>
/// <param name="Batches">Every batch of the SKU.</param>
sealed record StockTurn(long Number, string Market, string Sku, IReadOnlyList<Batch> Batches);

static class StockWork
{
    /// <summary>Waits for the market's turn and has it until the work ends.</summary>
    public static async Task<StockTurn> TakeTurn(this UnitOfWork work, string market, string sku)
    {
        await using var take = new NpgsqlCommand(LaneStore.TakeNextTurn, work.Connection, work.Transaction);
        take.Parameters.AddWithValue(market);
        var number = (long)(await take.ExecuteScalarAsync())!;
        var batches = await work.Connection.QueryAsync<Batch>(
            $"select {Batch.Columns} from batches where market = @market and sku = @sku order by id", new { market, sku }, work.Transaction);
        return new StockTurn(number, market, sku, batches.AsList());
    }

    /// <summary>Tells everybody what is left, as the batches are after the turn.</summary>
    public static async Task PublishAvailability(this UnitOfWork work, StockTurn turn, IReadOnlyCollection<Batch> batches)
    {
        work.Publish(Availability.Of(turn.Market, turn.Sku, turn.Number, batches));
        foreach (var batch in batches.Where(batch => batch.WaitingRoom is not null))
            work.Publish(batch.Progress(turn.Number, await work.LatestTickets(batch.Id)));
    }

    // A waiting room that has lost its memory is told whom it need not admit again: the latest, which is all of most sales.
    static async Task<IReadOnlyList<Guid>> LatestTickets(this UnitOfWork work, Guid batchId) =>
        (await work.Connection.QueryAsync<Guid>(
            "select ticket from used_tickets where batch_id = @batchId order by used_at desc limit 5000", new { batchId }, work.Transaction)).AsList();
}
