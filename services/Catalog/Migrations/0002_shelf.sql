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

-- schedule: the terms now and as far ahead as they are decided, in the order in which they begin.
create table offers (
    market   text not null,
    sku      text not null,
    version  bigint not null,
    schedule jsonb not null,
    primary key (market, sku)
);

create table availability (
    market  text not null,
    sku     text not null,
    version bigint not null,
    batches jsonb not null,
    primary key (market, sku)
);

-- The state of the terms in force at an instant; null before any are. The rule is OfferPublished.At: a listing needs it
-- here too, to know how many products there are without fetching them all.
create function state_at(schedule jsonb, at timestamptz) returns text language sql stable as $$
    select terms ->> 'State'
    from jsonb_array_elements(schedule) with ordinality as entries (terms, place)
    where (terms ->> 'From')::timestamptz <= at
    order by place desc
    limit 1
$$;
