-- Our copy of what Catalog has published: which SKUs there are, their names, and where they may not be sold.
create table products (
    slug    text primary key,
    version bigint not null
);

create table variants (
    sku          text primary key,
    slug         text not null references products,
    names        jsonb not null,                      -- by language
    discontinued boolean not null default false       -- a SKU that once had offers keeps them, to say that it is gone
);

create index variants_by_slug on variants (slug);

create table restrictions (
    slug    text not null references products,
    market  text not null,
    reasons text[] not null,
    primary key (slug, market)
);

-- What we last said about every SKU in every market. It outlives our copy of Catalog, so that a version never falls back.
create table offers (
    market   text not null references markets,
    sku      text not null,
    version  bigint not null,
    schedule jsonb not null,
    primary key (market, sku)
);
