using Dapper;
using MiStore.Messaging;

namespace MiStore.Checkout.Stock;

/// <summary>The ledger's entries that no order causes; the lane writes the others, many at a time.</summary>
static class Ledger
{
    public static Task Append(UnitOfWork work, Guid batchId, Movement movement, int units, DateTimeOffset at)
    {
        var (word, from, to) = movement.Entry();
        return work.Connection.ExecuteAsync(
            """
            insert into stock_entries (at, batch_id, movement, from_account, to_account, units)
            values (@at, @batchId, @word, @from, @to, @units)
            """, new { at, batchId, word, from, to, units }, work.Transaction);
    }
}
