-- What a service has said but the broker has not confirmed yet. Written in the transaction of whatever it is about.
create table outbox (
    id         uuid primary key,
    seq        bigint generated always as identity,
    type       text not null,
    body       text not null,
    attempts   int not null default 0,
    not_before timestamptz
);

create index outbox_in_order on outbox (seq);

-- What the broker would not take, for a person to look at. It must not block the rest.
create table outbox_dead (
    id      uuid primary key,
    type    text not null,
    body    text not null,
    cause   text not null,
    died_at timestamptz not null default now()
);

-- What a consumer has already done. Written in the transaction of the effect, so that a repeat changes nothing.
create table inbox (
    consumer   text not null,
    message_id uuid not null,
    handled_at timestamptz not null default now(),
    primary key (consumer, message_id)
);

create index inbox_by_age on inbox (handled_at);

-- How many facts each producer said that it had sent us, at the end of the last replay.
create table copies (
    producer text primary key,
    facts    bigint not null,
    told_at  timestamptz not null default now()
);
