-- Wrong e-mail addresses for an order's number, so that nobody can try them all.
create table order_lookups (
    number  text primary key,
    wrong   int not null,
    last_at timestamptz not null -- of the last wrong try; the lock runs from there
);

create index order_lookups_by_age on order_lookups (last_at);
