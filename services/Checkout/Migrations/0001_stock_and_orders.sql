-- Copies of Pricing's offers: the terms an order is checked against.
create table offers (
    market   text not null,
    sku      text not null,
    version  bigint not null,
    schedule jsonb not null,
    primary key (market, sku)
);

-- All stock comes in batches. The four numbers are what the entries below add up to; the checks hold even where the
-- code is wrong: no number is negative and no unit appears or vanishes.
create table batches (
    id                 uuid primary key,
    market             text not null,
    sku                text not null,
    quantity           int not null check (quantity > 0),
    opens_at           timestamptz not null,
    closes_at          timestamptz check (closes_at > opens_at),
    limit_per_customer int check (limit_per_customer > 0),
    available          int not null check (available >= 0),
    reserved           int not null default 0 check (reserved >= 0),
    sold               int not null default 0 check (sold >= 0),
    withdrawn          int not null default 0 check (withdrawn >= 0),
    released_by        text not null,
    released_at        timestamptz not null,
    check (available + reserved + sold + withdrawn = quantity)
) with (fillfactor = 50); -- the hottest rows of the shop: room for an update to stay on its page

create index batches_on_sale on batches (market, sku);

-- Orders the news about stock, which may arrive in any order. Taken while the batch rows are locked.
create sequence availability_version;

create table orders (
    id               uuid primary key,
    number           text not null unique,
    market           text not null,
    status           text not null,
    idempotency_key  text not null unique, -- for ever: a key never makes a second order
    request_hash     bytea not null,
    email            text not null,
    customer_name    text not null,
    customer_keys    text[] not null,      -- what a purchase limit counts by
    shipping_address jsonb not null,
    quote            jsonb not null,       -- the accepted terms, as signed
    total            bigint not null check (total >= 0),
    currency         text not null,
    cart_id          text,
    payment_token    text not null,
    payment_id       text,
    funds    text not null,
    -- When to act on the payment next; null when nothing is left to be done. A lost message cannot strand money.
    payment_due      timestamptz,
    payment_attempts int not null default 0,
    placed_at        timestamptz not null,
    reserved_until   timestamptz not null,
    reason           text,
    timeline         jsonb not null
) with (fillfactor = 70);

create index orders_to_expire on orders (reserved_until) where status in ('reserved', 'paying');
create index orders_with_payment_due on orders (payment_due) where payment_due is not null;

-- The ledger: every unit that moves, from one account of a batch to another. Nothing here is ever changed.
create table stock_entries (
    id           bigint generated always as identity primary key,
    at           timestamptz not null,
    batch_id     uuid not null references batches,
    order_id     uuid,
    movement     text not null,
    from_account text not null,
    to_account   text not null,
    units        int not null check (units > 0),
    check ((movement, from_account, to_account) in (
        ('released', 'supply', 'available'),
        ('reserved', 'available', 'reserved'),
        ('returned', 'reserved', 'available'),
        ('sold', 'reserved', 'sold'),
        ('restocked', 'sold', 'available'),
        ('withdrawn', 'available', 'withdrawn'))),
    check ((order_id is null) = (movement in ('released', 'withdrawn')))
);

-- Whatever a late or repeated message says: an order takes, keeps and gives back its units of a batch once.
create unique index stock_entries_once on stock_entries (order_id, batch_id, movement) where order_id is not null;
create index stock_entries_by_batch on stock_entries (batch_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name;
end $$;

create trigger stock_entries_are_for_ever before update or delete or truncate on stock_entries
    for each statement execute function refuse_change();

-- How many units of a batch one customer holds (reserved, paying or paid), under each key that we know the customer by.
create table customer_units (
    batch_id uuid not null references batches,
    customer text not null,
    units    int not null check (units >= 0),
    primary key (batch_id, customer)
);

-- Reports of the payment provider that we have acted on.
create table payment_reports (
    id          text primary key,
    received_at timestamptz not null
);

-- Who changed what, when and why: every operator call leaves a row.
create table changes (
    id     bigint generated always as identity primary key,
    at     timestamptz not null,
    who    text not null,
    what   text not null,
    before jsonb,
    after  jsonb
);

create trigger changes_are_for_ever before update or delete or truncate on changes
    for each statement execute function refuse_change();
