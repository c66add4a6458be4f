using MiStore.Checkout.Orders;
using Npgsql;

namespace MiStore.Bench.Lane;

/// <summary>
/// (b) A transaction as an ORM makes it: read the hot row for update, insert the order, update the row, insert what
/// belongs to it, commit. Five round trips (Npgsql sends the begin with the first), and the row is locked during four.
/// </summary>
sealed class FiveRoundTrips(Shop shop) : IDesign
{
    readonly NpgsqlDataSource db = OrderRows.Connect(shop);

    public async Task<bool> Place(Placement placement)
    {
        var (batch, units) = (placement.Wanted[0].Sku == Buyer.HotSku ? shop.Batch : shop.LastBatch, placement.Wanted[0].Units);
        await using var connection = await db.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        await using var read = new NpgsqlCommand("select available from batches where id = $1 for update", connection, transaction);
        read.Parameters.AddWithValue(batch);
        if ((int)(await read.ExecuteScalarAsync())! < units)
            return false;

        await using var order = new NpgsqlCommand(OrderRows.InsertOrder, connection, transaction);
        order.Parameters.AddOrder(placement);
        await order.ExecuteNonQueryAsync();

        await using var update = new NpgsqlCommand(
            "update batches set available = available - $2, reserved = reserved + $2 where id = $1", connection, transaction);
        update.Parameters.AddWithValue(batch);
        update.Parameters.AddWithValue(units);
        await update.ExecuteNonQueryAsync();

        await using var rest = new NpgsqlBatch(connection, transaction);
        Add(rest,
            """
            insert into stock_entries (at, batch_id, order_id, movement, from_account, to_account, units)
            values ($1, $2, $3, 'reserved', 'available', 'reserved', $4)
            """, placement.PlacedAt, batch, placement.OrderId, units);
        foreach (var customer in placement.CustomerKeys)
            Add(rest,
                """
                insert into customer_units as held (batch_id, customer, units) values ($1, $2, $3)
                on conflict (batch_id, customer) do update set units = held.units + excluded.units
                """, batch, customer, units);
        var messages = new NpgsqlBatchCommand(Messaging.OutboxRows.Insert);
        OrderRows.Messages(placement).AddTo(messages.Parameters);
        rest.BatchCommands.Add(messages);
        await rest.ExecuteNonQueryAsync();

        await transaction.CommitAsync();
        return true;
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.AddWithValue(value);
        batch.BatchCommands.Add(command);
    }
}
