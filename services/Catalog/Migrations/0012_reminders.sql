-- A notice may also be a reminder of a sale that is held in turn. When that opens is read from the copy of the batches each
-- time, so a reminder moves with its sale; and there is one a person and sale, given or not.
alter table notices add column sale uuid;

drop index notices_once;
create unique index notices_once on notices (
    market, product, coalesce(sku, ''), coalesce(sale, '00000000-0000-0000-0000-000000000000'), email)
    where due_at is null or sale is not null;

drop index notices_waiting;
create index notices_waiting on notices (market, product, confirmed_at)
    where confirmed_at is not null and due_at is null and sale is null;
create index reminders on notices (sale, market, product, sku) where sale is not null;

-- Null until the market's next news; a mail says UTC until then.
alter table markets add column time_zone text;
