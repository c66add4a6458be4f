-- How a batch is sold in turn, and the list of its draw once the gateway has closed it; null where there is no waiting room.
alter table batches
    add column waiting_room jsonb,
    add column ticket_list  jsonb,
    add check (ticket_list is null or waiting_room is not null);

-- A ticket makes one order, whatever the code does: its use is written in the order's own transaction.
create table used_tickets (
    ticket   uuid primary key,
    batch_id uuid not null references batches,
    order_id uuid not null unique,
    used_at  timestamptz not null
);

create index used_tickets_by_batch on used_tickets (batch_id, used_at);

create trigger used_tickets_are_for_ever before update or delete or truncate on used_tickets
    for each statement execute function refuse_change();
