-- Who wants to be told when something can be bought. One row is one mail: it is due once, and then the wish is met.
create table notices (
    id           uuid primary key,
    market       text not null,
    product      text not null references products,
    sku          text references variants,             -- null: whichever of its variants comes first
    email        text not null,
    language     text not null,
    asked_at     timestamptz not null,
    confirmed_at timestamptz,                          -- null until the link in the first mail was followed
    due_at       timestamptz,                          -- when it could be bought; the mail was put in the outbox with this
    sent_at      timestamptz
);

create unique index notices_once on notices (market, product, coalesce(sku, ''), email) where due_at is null;
create index notices_waiting on notices (market, product, confirmed_at) where confirmed_at is not null and due_at is null;
create index notices_by_person on notices (email);

-- How often somebody was written to, under a name that is no address. Kept for a day.
create table notice_asks (
    person bytea not null,
    at     timestamptz not null
);

create index notice_asks_by_person on notice_asks (person, at);

-- When the last mails about a product went out, so that a wave waits for those before it to have bought.
create table notice_waves (
    market  text not null,
    product text not null references products,
    at      timestamptz not null,
    primary key (market, product)
);
