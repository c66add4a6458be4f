using MiStore.Checkout.Orders;
using Npgsql;

namespace MiStore.Bench.Lane;

/// <summary>
/// (a) Everything about one order in one statement: one round trip, and the hot row is locked as late as it can be. The
/// check on the batch refuses what is not there.
/// </summary>
sealed class OneStatement(Shop shop) : IDesign
{
    const string Sql =
        $"""
        with placed as ({OrderRows.InsertOrder} on conflict (idempotency_key) do nothing returning id),
        taken as (
            update batches set available = available - $22, reserved = reserved + $22 from placed where batches.id = $21),
        entered as (
            insert into stock_entries (at, batch_id, order_id, movement, from_account, to_account, units)
            select $18, $21, id, 'reserved', 'available', 'reserved', $22 from placed),
        counted as (
            insert into customer_units as held (batch_id, customer, units) select $21, customer, $22 from placed, unnest($9) customer
            on conflict (batch_id, customer) do update set units = held.units + excluded.units),
        said as (
            insert into outbox (id, type, body, not_before) select message.* from placed, unnest($23, $24, $25, $26) as message)
        select count(*) from placed
        """;

    readonly NpgsqlDataSource db = OrderRows.Connect(shop);

    public async Task<bool> Place(Placement placement)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddOrder(placement);
        command.Parameters.AddWithValue(placement.Wanted[0].Sku == Buyer.HotSku ? shop.Batch : shop.LastBatch);
        command.Parameters.AddWithValue(placement.Wanted[0].Units);
        OrderRows.Messages(placement).AddTo(command.Parameters);
        try
        {
            return (long)(await command.ExecuteScalarAsync())! == 1;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.CheckViolation)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();
}
