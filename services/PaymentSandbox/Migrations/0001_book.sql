-- The provider's own book. Nothing is answered before it is written here.

create table payments (
    -- pi_ and a UUIDv7: ids are in the order of creation, so a list needs no other index.
    id             text collate "C" primary key,
    order_id       text,                            -- the merchant's metadata[order_id]
    amount         bigint not null check (amount > 0),          -- in the currency's smallest unit
    currency       text   not null check (currency ~ '^[a-z]{3}$'),
    payment_method text,
    description    text,
    metadata       json   not null,
    status         text   not null check (status in
                       ('requires_payment_method', 'requires_confirmation', 'processing', 'succeeded', 'canceled')),
    -- A payment in processing succeeds at this instant. That is decided when it is charged; time only reveals it.
    settles_at     timestamptz check ((status = 'processing') = (settles_at is not null)),
    decline_code   text,
    refunded       bigint not null default 0 check (refunded between 0 and amount),
    created_at     timestamptz not null,
    canceled_at    timestamptz,
    check (refunded = 0 or status in ('processing', 'succeeded'))
);

create index payments_of_order on payments (order_id) where order_id is not null;

create table refunds (
    id         text collate "C" primary key,
    payment_id text collate "C" not null references payments,
    amount     bigint not null check (amount > 0),
    reason     text,
    metadata   json not null,
    created_at timestamptz not null
);

create index refunds_of_payment on refunds (payment_id);

-- What was answered under each idempotency key, word for word. Kept for ever: a key never charges twice.
create table answers (
    key         text collate "C" primary key,
    fingerprint bytea not null,                     -- of method, path and parameters
    status      int   not null,
    body        text  not null,
    ready_at    timestamptz not null,               -- until then the first request counts as still running
    created_at  timestamptz not null
);

-- What has to be reported to the merchant, and when to try next.
create table events (
    seq          bigint generated always as identity primary key,
    id           text not null,                     -- the same news told twice has the same id
    type         text not null,
    body         text not null,
    attempts     int  not null default 0,
    next_attempt timestamptz not null,
    delivered_at timestamptz,
    created_at   timestamptz not null
);

create index events_due on events (next_attempt) where delivered_at is null;
