namespace MiStore.Checkout.Audit;

/// <param name="Scope">SQL for one text: what was looked at, in numbers.</param>
/// <param name="Differences">SQL for one text a difference; no rows where all is well.</param>
sealed record AuditQuestion(string Name, string Scope, string Differences);

/// <summary>What an audit asks. Each question recomputes something from its entries instead of believing a total.</summary>
static class AuditQuestions
{
    public static readonly AuditQuestion[] All =
    [
        new("Every batch is what its entries add up to",
            """
            select format('%s batches, %s units, %s entries: %s available, %s reserved, %s sold, %s withdrawn',
                count(*), coalesce(sum(quantity), 0), (select count(*) from stock_entries),
                coalesce(sum(available), 0), coalesce(sum(reserved), 0), coalesce(sum(sold), 0), coalesce(sum(withdrawn), 0))
            from batches
            """,
            """
            select format('batch %s (%s %s): entries make supply %s available %s reserved %s sold %s withdrawn %s, the batch says quantity %s available %s reserved %s sold %s withdrawn %s',
                b.id, b.market, b.sku, -e.supply, e.available, e.reserved, e.sold, e.withdrawn, b.quantity, b.available, b.reserved, b.sold, b.withdrawn)
            from batches b
            left join (
                select batch_id,
                    coalesce(sum(units) filter (where account = 'supply'), 0) as supply,
                    coalesce(sum(units) filter (where account = 'available'), 0) as available,
                    coalesce(sum(units) filter (where account = 'reserved'), 0) as reserved,
                    coalesce(sum(units) filter (where account = 'sold'), 0) as sold,
                    coalesce(sum(units) filter (where account = 'withdrawn'), 0) as withdrawn
                from (
                    select batch_id, to_account as account, units from stock_entries
                    union all
                    select batch_id, from_account, -units from stock_entries) as moves
                group by batch_id) e on e.batch_id = b.id
            where (-e.supply, e.available, e.reserved, e.sold, e.withdrawn)
                is distinct from (b.quantity::bigint, b.available::bigint, b.reserved::bigint, b.sold::bigint, b.withdrawn::bigint)
            """),

        new("Every order holds the units that its status says",
            "select format('%s orders, %s of them paid or further', count(*), count(*) filter (where status in ('paid', 'packed', 'shipped', 'delivered'))) from orders",
            """
            select format('order %s is %s, ordered %s units, holds %s reserved and %s sold', o.number, o.status, wanted.units, e.reserved, e.sold)
            from orders o
            cross join lateral (
                select sum((line ->> 'Quantity')::int) as units from jsonb_array_elements(o.quote -> 'Lines') line) wanted
            cross join lateral (
                select coalesce(sum(case movement when 'reserved' then units when 'returned' then -units when 'sold' then -units else 0 end), 0) as reserved,
                    coalesce(sum(case movement when 'sold' then units when 'restocked' then -units else 0 end), 0) as sold
                from stock_entries where order_id = o.id) e
            where e.reserved <> case when o.status in ('reserved', 'paying') then wanted.units else 0 end
                or e.sold <> case when o.status in ('paid', 'packed', 'shipped', 'delivered') then wanted.units else 0 end
            """),

        new("Every unit belongs to an order that exists",
            "select format('%s entries of orders', count(*)) from stock_entries where order_id is not null",
            """
            select distinct format('entries of order %s, which does not exist', e.order_id)
            from stock_entries e where e.order_id is not null and not exists (select from orders o where o.id = e.order_id)
            """),

        new("Every order costs what its quote adds up to",
            "select coalesce(string_agg(format('%s %s in %s orders', round(amount / 100.0, 2), currency, n), ', '), 'no orders') from (select currency, sum(total) as amount, count(*) as n from orders group by currency order by currency) sums",
            """
            select format('order %s: lines %s, shipping %s, tax %s, tax included %s, total %s', o.number, q.lines, q.shipping, q.tax, o.quote -> 'TaxIncluded', o.total)
            from orders o
            cross join lateral (
                select (select sum(round((line #>> '{LineTotal,amount}')::numeric * 100)) from jsonb_array_elements(o.quote -> 'Lines') line) as lines,
                    (select sum(round((line #>> '{UnitPrice,amount}')::numeric * 100) * (line ->> 'Quantity')::int) from jsonb_array_elements(o.quote -> 'Lines') line) as products,
                    round((o.quote #>> '{Shipping,amount}')::numeric * 100) as shipping,
                    round((o.quote #>> '{Tax,amount}')::numeric * 100) as tax) q
            where q.products <> q.lines
                or o.total <> q.lines + q.shipping + case when (o.quote ->> 'TaxIncluded')::boolean then 0 else q.tax end
            """),

        new("Money and status agree",
            "select format('%s payments captured, %s refunded, %s to be refunded, %s unclear', count(*) filter (where funds = 'captured'), count(*) filter (where funds = 'refunded'), count(*) filter (where funds = 'refunddue'), count(*) filter (where funds = 'asked')) from orders",
            """
            select format('order %s is %s and its money is %s', number, status, funds)
            from orders
            where (status in ('paid', 'packed', 'shipped', 'delivered')) <> (funds = 'captured')
                or (status = 'refunded') <> (funds = 'refunded')
                or (funds in ('captured', 'refunddue', 'refunded') and payment_id is null)
            """),

        new("Nobody waits past the stated deadline",
            "select format('%s orders are waiting for their payment', count(*)) from orders where status in ('reserved', 'paying')",
            """
            select format('order %s is still %s a minute after its reservation ended at %s', number, status, reserved_until)
            from orders where status in ('reserved', 'paying') and reserved_until < (select max(placed_at) from orders) - interval '1 minute'
            """),

        new("Every customer's count is what the customer's orders hold",
            "select format('%s counts', count(*)) from customer_units",
            """
            with holding as (
                select e.batch_id, key.customer,
                    sum(case e.movement when 'reserved' then e.units when 'returned' then -e.units when 'restocked' then -e.units else 0 end) as units
                from stock_entries e join orders o on o.id = e.order_id cross join unnest(o.customer_keys) as key (customer)
                group by 1, 2)
            select format('customer %s holds %s of batch %s, counted as %s', customer, coalesce(holding.units, 0), batch_id, coalesce(held.units, 0))
            from holding full join customer_units held using (batch_id, customer)
            where coalesce(holding.units, 0) <> coalesce(held.units, 0)
            """),

        new("Whatever is sold in turn went to a ticket of that sale",
            "select format('%s sales in turn, %s tickets used', (select count(*) from batches where waiting_room is not null), count(*)) from used_tickets",
            """
            select format('order %s took units of sale %s without a ticket', e.order_id, e.batch_id)
            from stock_entries e join batches b on b.id = e.batch_id
            where b.waiting_room is not null and e.movement = 'reserved'
                and not exists (select from used_tickets t where t.order_id = e.order_id and t.batch_id = e.batch_id)
            union all
            select format('ticket %s says that it made order %s, which took nothing of sale %s', t.ticket, t.order_id, t.batch_id)
            from used_tickets t
            where not exists (select from stock_entries e where e.order_id = t.order_id and e.batch_id = t.batch_id and e.movement = 'reserved')
            """),

        new("No message is stuck",
            "select format('%s waiting to be sent', count(*)) from outbox",
            "select format('message %s (%s) could not be sent: %s', id, type, cause) from outbox_dead"),
    ];
}
