-- Who changed what, and why. Rows are only ever added.
create table changes (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    who     text not null,
    what    text not null,
    product text not null,
    before  jsonb,
    after   jsonb not null,
    why     text not null
);

create index changes_of_product on changes (product, id);

create function changes_stay() returns trigger language plpgsql as $$
begin
    raise exception 'The record of changes is append-only.';
end
$$;

create trigger changes_stay before update or delete or truncate on changes
    for each statement execute function changes_stay();
