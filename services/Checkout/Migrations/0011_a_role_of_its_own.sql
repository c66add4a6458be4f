-- What the service may do: read and write its tables, but only ever append to the ledger and to the log of changes. It
-- takes this role on every connection; only migrations run as whoever owns the database. Roles belong to the whole
-- server, so another database may have made it already, or be making it now.
do $$
begin
    create role mistore_checkout;
exception
    when duplicate_object or unique_violation then null;
end $$;

-- The service signs in as whoever migrates and goes on as this role; only a superuser may do so without being a member.
do $$
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant mistore_checkout to %I', current_user);
    end if;
end $$;

grant usage on schema public to mistore_checkout;
grant select, insert, update, delete on all tables in schema public to mistore_checkout;
grant usage on all sequences in schema public to mistore_checkout;
alter default privileges in schema public grant select, insert, update, delete on tables to mistore_checkout;
alter default privileges in schema public grant usage on sequences to mistore_checkout;

revoke update, delete on stock_entries, changes from mistore_checkout;
revoke delete on batches, orders from mistore_checkout;
revoke insert, update, delete on migrations from mistore_checkout;
