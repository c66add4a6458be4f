using Dapper;
using MiStore.Checkout.Inputs;
using MiStore.Messaging;

namespace MiStore.Checkout.Stock;

/// <summary>The ledger's entries that no order causes, each with what is recorded of it; the lane writes the others, many at a time.</summary>
static class Ledger
{
    public static Task Append(UnitOfWork work, StockTurn turn, Guid batchId, Movement movement, int units, DateTimeOffset at)
    {
        var (word, from, to) = movement.Entry();
        return work.Connection.ExecuteAsync(
            """
            insert into stock_entries (at, batch_id, movement, from_account, to_account, units)
            values (@at, @batchId, @word, @from, @to, @units);
            insert into lane_inputs (market, turn, at, inputs) values (@Market, @Number, @at, @inputs)
            """, new { at, batchId, word, from, to, units, turn.Market, turn.Number, inputs = LaneInputs.Of(new StockInput(batchId, word, units)) }, work.Transaction);
    }
}
