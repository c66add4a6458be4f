-- A foreign key looks for its row once for every row; these look once for every statement. A batch is never deleted, so
-- what has been found stays true.
create function of_a_batch_that_exists() returns trigger language plpgsql as $$
begin
    if exists (select from added where not exists (select from batches where batches.id = added.batch_id)) then
        raise foreign_key_violation using message = format('a row of %s is of no batch', tg_table_name);
    end if;
    return null;
end $$;

alter table stock_entries drop constraint stock_entries_batch_id_fkey;
create trigger stock_entries_are_of_a_batch after insert on stock_entries
    referencing new table as added for each statement execute function of_a_batch_that_exists();

alter table customer_units drop constraint customer_units_batch_id_fkey;
create trigger customer_units_are_of_a_batch after insert on customer_units
    referencing new table as added for each statement execute function of_a_batch_that_exists();

create function refuse_deletion() returns trigger language plpgsql as $$
begin
    raise exception '% are for ever', tg_table_name;
end $$;

create trigger batches_are_for_ever before delete or truncate on batches
    for each statement execute function refuse_deletion();

-- Only the audit reads a batch's entries, and it reads all of them.
drop index stock_entries_by_batch;

-- Keys are compared byte by byte: nobody sorts them for reading, and the rules of a language cost ten times as much.
alter table orders alter idempotency_key type text collate "C", alter number type text collate "C";
alter table customer_units alter customer type text collate "C";
