-- A shopfront, what holds for everything in it, and its calendar.
create table markets (
    code                text primary key check (code ~ '^[A-Z]{2}$'),
    position            int not null unique,
    version             bigint not null default 1,
    name                text not null,
    currency            text not null check (currency ~ '^[A-Z]{3}$'),
    locale              text not null,
    languages           text[] not null check (cardinality(languages) > 0),
    time_zone           text not null,
    tax_included        boolean not null,
    seller_name         text not null,
    seller_address      text not null,
    postal_code_pattern text not null,
    announced_from      timestamptz not null,
    test_from           timestamptz,
    test_until          timestamptz,
    opens_at            timestamptz not null,
    paused_since        timestamptz,
    check ((test_from is null) = (test_until is null)),
    check (announced_from <= coalesce(test_from, opens_at)),
    check (test_until > test_from),
    check (opens_at >= test_until)
);

-- Who changed what, when and why. Written in the transaction of the change.
create table changes (
    id     bigint generated always as identity primary key,
    at     timestamptz not null,
    who    text not null,
    what   text not null,
    market text not null references markets,
    sku    text,
    before jsonb,
    after  jsonb not null,
    why    text
);

create function refuse_rewriting_history() returns trigger language plpgsql as $$
begin
    raise exception 'Rows of % are history: they are added, never changed.', tg_table_name;
end $$;

create trigger append_only before update or delete or truncate on changes
    for each statement execute function refuse_rewriting_history();
