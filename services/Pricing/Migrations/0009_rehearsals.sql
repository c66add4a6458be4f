-- What came of each rehearsal of a launch, as ./mistore rehearse or an operator told it.
create table rehearsals (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    who     text not null,
    passed  boolean not null,
    summary text not null
);

create trigger append_only before update or delete or truncate on rehearsals
    for each statement execute function refuse_rewriting_history();
