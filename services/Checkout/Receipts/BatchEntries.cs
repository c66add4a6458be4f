using Dapper;
using Npgsql;

namespace MiStore.Checkout.Receipts;

/// <summary>The ledger of one batch, summed up: units by movement, and the instants at which there was nothing left.</summary>
/// <param name="FirstSoldOutAt">When what was on sale first came to nought by an order; null if never.</param>
/// <param name="SoldOutAt">From when on it stayed at nought; null where the entries end with something on sale.</param>
public sealed record BatchEntries(
    long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Released, long Reserved, long Returned, long Sold, long Restocked,
    long Withdrawn, DateTimeOffset? FirstSoldOutAt, DateTimeOffset? SoldOutAt)
{
    // What is on sale after each entry, in the order in which the lane wrote them. Entries have no index by batch, since the lane
    // would pay for it with every order; so all of them are read, once.
    const string Sql =
        """
        with summed as (
            select count(*) as count, min(at) as first_at, max(at) as last_at,
                coalesce(sum(units) filter (where movement = 'released'), 0)::bigint as released,
                coalesce(sum(units) filter (where movement = 'reserved'), 0)::bigint as reserved,
                coalesce(sum(units) filter (where movement = 'returned'), 0)::bigint as returned,
                coalesce(sum(units) filter (where movement = 'sold'), 0)::bigint as sold,
                coalesce(sum(units) filter (where movement = 'restocked'), 0)::bigint as restocked,
                coalesce(sum(units) filter (where movement = 'withdrawn'), 0)::bigint as withdrawn,
                min(id) filter (where on_sale = 0 and movement = 'reserved') as first_nothing,
                max(id) filter (where on_sale > 0) as last_something
            from (
                select id, at, movement, units,
                    sum(case 'available' when to_account then units when from_account then -units else 0 end) over (order by id) as on_sale
                from stock_entries where batch_id = @batch) as entries)
        select count, first_at, last_at, released, reserved, returned, sold, restocked, withdrawn,
            (select at from stock_entries where id = first_nothing) as first_sold_out_at,
            (select at from stock_entries where batch_id = @batch and id > last_something order by id limit 1) as sold_out_at
        from summed
        """;

    public static Task<BatchEntries> Read(NpgsqlConnection connection, NpgsqlTransaction snapshot, Guid batch) =>
        connection.QuerySingleAsync<BatchEntries>(Sql, new { batch }, snapshot, commandTimeout: 60);
}
