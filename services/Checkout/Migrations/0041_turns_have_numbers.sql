-- A market's turns, one after the other: whoever moves its units or changes its orders' states has this row until the commit, and
-- leaves it one higher. So a lane that took the last turn knows that nothing has changed when the next number is still free, and the
-- number orders the news about stock, which may arrive in any order.
create table lanes (
    market text primary key,
    turn   bigint not null,
    token  uuid not null default gen_random_uuid(), -- the turn's own: another one may have had the number that was meant for it
    before uuid                                     -- the token of the turn before
) with (fillfactor = 50); -- updated by every turn

-- Not below what was said under the sequence that did this for all markets. It goes: an instance of before, which knows of no row to
-- lock, shall fail and not sell beside us.
insert into lanes (market, turn)
select market, nextval('availability_version') from (select distinct market from batches) known;

drop sequence availability_version;

revoke delete on lanes from mistore_checkout;

-- The first thing that a turn does which was decided from memory: the one that is sent after it waits for this.
create function begin_turn(own uuid) returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended(own::text, 0))
$$;

-- Takes the market for such a turn, once the turn that it was decided by has come to its end, and only if it comes right after that.
create function take_turn(of_market text, number bigint, known uuid, own uuid) returns void language plpgsql as $$
declare
    known_lock constant bigint := hashtextextended(known::text, 0);
    is_next boolean;
begin
    for patience in 1..100 loop
        perform pg_advisory_lock_shared(known_lock);
        perform pg_advisory_unlock_shared(known_lock);
        exit when not exists (select from lanes where market = of_market and turn < number - 1);
        perform pg_sleep(0.001); -- it has not begun yet, on its own connection
    end loop;
    update lanes set turn = turn + 1, token = own, before = token where market = of_market
    returning turn = number and before = known into is_next;
    if is_next is not true then
        raise serialization_failure using message = format('turn %s of %s is not the next', number, of_market);
    end if;
end $$;
