-- One row per market, or one per region where the tax depends on where the goods go.
create table tax_rules (
    market         text not null references markets,
    region         text not null,                     -- '' where the whole market has one rule
    name           text not null,
    rate           numeric not null check (rate >= 0 and rate < 1),
    shipping_taxed boolean not null,
    has_nexus      boolean not null,                  -- without it the seller collects nothing there
    source         text not null,
    as_of          date not null,
    primary key (market, region)
);

create table shipping_rates (
    market    text not null references markets,
    code      text not null,
    position  int not null,
    names     jsonb not null,                         -- by language
    amount    bigint not null check (amount >= 0),
    free_from bigint check (free_from > 0),           -- subtotal from which it costs nothing
    days_min  int not null check (days_min >= 0),
    days_max  int not null check (days_max >= days_min),
    source    text not null,
    primary key (market, code)
);
