-- A product that is stopped in one market while the rest of it sells on. The row goes when the product goes on; who did what,
-- and why, is in changes. It outlives our copy of Catalog, like the offers.
create table product_pauses (
    market       text not null references markets,
    slug         text not null,
    paused_since timestamptz not null,
    primary key (market, slug)
);
