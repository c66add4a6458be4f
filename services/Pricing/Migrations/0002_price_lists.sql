-- What a SKU costs in a market from an instant on. A later row for the same instant takes its place, so that a price
-- which was announced and has not begun yet can be corrected. No row is no price: nothing is ever converted.
create table prices (
    id             bigint generated always as identity primary key,
    market         text not null references markets,
    sku            text not null,
    amount         bigint not null check (amount > 0), -- in the smallest unit of the market's currency
    effective_from timestamptz not null,
    set_at         timestamptz not null,
    set_by         text not null,
    source         text not null
);

create index prices_by_sku on prices (market, sku, effective_from, id desc);

create trigger append_only before update or delete or truncate on prices
    for each statement execute function refuse_rewriting_history();

-- How many units one customer may buy, from an instant or from the start of a phase on, wherever the calendar puts it.
create table purchase_limits (
    id             bigint generated always as identity primary key,
    market         text not null references markets,
    sku            text,                              -- null: every SKU that has no rows of its own
    per_customer   int check (per_customer > 0),      -- null: no limit any more
    phase          text check (phase in ('announced', 'test', 'open')),
    effective_from timestamptz,
    check ((phase is null) <> (effective_from is null))
);

create trigger append_only before update or delete or truncate on purchase_limits
    for each statement execute function refuse_rewriting_history();
