-- What a market's law wants told, in each of its languages. A version is all of its languages at once; it holds from its
-- instant until a later one does, and stays readable, since orders say which version of the terms they accepted.
create table legal_texts (
    id             bigint generated always as identity primary key,
    market         text not null references markets,
    document       text not null check (document in ('imprint', 'terms', 'withdrawal', 'privacy', 'accessibility')),
    version        int not null check (version > 0),
    language       text not null,
    title          text not null,
    body           text not null,
    effective_from timestamptz not null,
    set_at         timestamptz not null,
    set_by         text not null,
    unique (market, document, version, language)
);

create trigger append_only before update or delete or truncate on legal_texts
    for each statement execute function refuse_rewriting_history();
