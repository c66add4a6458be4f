-- Copies of what others say, so that one query answers what a shopper sees. They can be emptied at any time: the
-- service asks for a replay and is whole again.

create table markets (
    code      text primary key,
    version   bigint not null,
    name      text not null,
    currency  text not null,
    locale    text not null,
    languages text[] not null
);

-- schedule: the terms now and as far ahead as they are decided, in the order in which they begin. Beside it, entry by
-- entry, when it begins and whether it puts the SKU on the shelf: to count a page's total without reading the JSON.
create table offers (
    market   text not null,
    sku      text not null,
    version  bigint not null,
    schedule jsonb not null,
    begins   timestamptz[] not null,
    shown    boolean[] not null,
    primary key (market, sku)
);

create table availability (
    market  text not null,
    sku     text not null,
    version bigint not null,
    batches jsonb not null,
    primary key (market, sku)
);
