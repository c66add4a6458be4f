-- Changes with everything that a quote is made of, in the same transaction, so that whoever keeps it in memory can see by one row
-- whether it still holds. Deferred: the row is locked last of all, at the commit, and no two changes can wait for each other in a
-- circle.
create table terms_version (
    version bigint not null
);

create unique index one_row on terms_version ((true));

insert into terms_version (version) values (1);

create function terms_changed() returns trigger language plpgsql as $$
begin
    -- Once a transaction: a product with a thousand SKUs is one change.
    update terms_version set version = version + 1 where xmin <> pg_current_xact_id()::xid;
    return null;
end $$;

do $$
declare part text;
begin
    foreach part in array array['markets', 'offers', 'products', 'variants', 'tax_rules', 'shipping_rates', 'legal_texts'] loop
        execute format(
            'create constraint trigger terms_changed after insert or update or delete on %I
             deferrable initially deferred for each row execute function terms_changed()', part);
        execute format('create trigger terms_emptied after truncate on %I for each statement execute function terms_changed()', part);
    end loop;
end $$;
