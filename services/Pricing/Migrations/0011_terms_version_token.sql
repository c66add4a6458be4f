-- A token instead of a number: after a restore the same numbers would come again, for other terms, and whoever kept the old ones in
-- memory would go on quoting them.
alter table terms_version alter column version type uuid using gen_random_uuid();

create or replace function terms_changed() returns trigger language plpgsql as $$
begin
    -- Once a transaction: a product with a thousand SKUs is one change.
    update terms_version set version = gen_random_uuid() where xmin <> pg_current_xact_id()::xid;
    return null;
end $$;
