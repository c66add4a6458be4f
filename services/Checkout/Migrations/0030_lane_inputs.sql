-- What each turn of a lane was asked, in its order: one row a turn, written in the turn's own transaction. Of an order that
-- got its units only what the other tables do not say; of a refused one everything that a replay needs, and no address.
create table lane_inputs (
    market text not null,
    turn   bigint not null,      -- from availability_version, under the batches' locks: the order in which turns took units
    at     timestamptz not null, -- the clock that the turn decided by
    inputs text not null,        -- JSON; nobody asks PostgreSQL about its inside
    primary key (market, turn)
);

-- Kept for a time and then forgotten, but never changed.
revoke update on lane_inputs from mistore_checkout;
