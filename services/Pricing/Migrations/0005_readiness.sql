-- Where an offer has to come with safety data (EU 2023/988, and Britain likewise), no market opens without it.
alter table markets add safety_required boolean not null default true;

-- What Catalog says of a product's completeness; null where it has said nothing.
alter table products
    add languages        text[],
    add safety_markets   text[],
    add safety_languages text[];

-- Our copy of what Checkout says is left, to know before an opening whether there is something to sell at it.
create table stock (
    market  text not null,
    sku     text not null,
    version bigint not null,
    batches jsonb not null,
    primary key (market, sku)
);

-- Who takes it upon himself to open a market that lacks something. Two people have to.
create table readiness_overrides (
    id     bigint generated always as identity primary key,
    market text not null references markets,
    who    text not null,
    at     timestamptz not null,
    why    text not null
);

create trigger append_only before update or delete or truncate on readiness_overrides
    for each statement execute function refuse_rewriting_history();
