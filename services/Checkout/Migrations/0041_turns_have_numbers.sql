-- A market's turns, one after the other: whoever moves its units or changes its orders' states has this row until the commit, and
-- leaves it one higher. So a lane that took the last turn knows that nothing has changed when the next number is still free, and the
-- number orders the news about stock, which may arrive in any order.
create table lanes (
    market text primary key,
    turn   bigint not null
) with (fillfactor = 50); -- updated by every turn

-- Not below what was said under the sequence that did this for all markets. It goes: an instance of before, which knows of no row to
-- lock, shall fail and not sell beside us.
insert into lanes (market, turn)
select market, nextval('availability_version') from (select distinct market from batches) known;

drop sequence availability_version;

revoke delete on lanes from mistore_checkout;

-- The turn of somebody who has read nothing before it: only if it is the next.
create function take_turn(of_market text, number bigint) returns void language plpgsql as $$
begin
    update lanes set turn = number where market = of_market and turn = number - 1;
    if not found then
        raise serialization_failure using message = format('turn %s of %s is not the next', number, of_market);
    end if;
end $$;
