-- Among ten thousand products: each step is only taken when the one before found nothing, its plan is kept by the
-- connection, and what is compared letter by letter is the name, not the whole text. A product is found in English only
-- where it is not told in the wanted language.
drop index product_texts_by_likeness;
alter table product_texts drop column line;
alter table product_texts add title text not null generated always as (lower(name)) stored;
create index product_texts_by_title on product_texts using gin (title gin_trgm_ops);

-- The products whose text in the wanted language (English where there is none) says what was asked for. Only when no
-- text says it, those that have a word meant for each word; and only when there are none of them either, those whose
-- name comes close, as when two words were written as one.
create or replace function search_products(query text, wanted text) returns setof text language plpgsql stable as $$
declare
    asked   text[] := tsvector_to_array(to_tsvector('simple', query));
    english boolean := wanted <> 'en';
    is_said boolean;
begin
    return query
        select t.product from product_texts t
        where t.language = wanted and t.meaning @@ websearch_to_tsquery(text_config(wanted), query);
    is_said := found;
    if english then
        return query
            select t.product from product_texts t
            where t.language = 'en' and t.meaning @@ websearch_to_tsquery('english', query)
                and not exists (select from product_texts own where own.product = t.product and own.language = wanted);
        is_said := is_said or found;
    end if;
    if is_said then return; end if;

    return query
        select t.product
        from (select words_meant(word, wanted) as meant from unnest(asked) as word) typed
        join product_texts t on t.language = wanted and t.words && typed.meant
        group by t.product having count(*) = cardinality(asked);
    is_said := found;
    if english then
        return query
            select t.product
            from (select words_meant(word, 'en') as meant from unnest(asked) as word) typed
            join product_texts t on t.language = 'en' and t.words && typed.meant
            where not exists (select from product_texts own where own.product = t.product and own.language = wanted)
            group by t.product having count(*) = cardinality(asked);
        is_said := is_said or found;
    end if;
    if is_said then return; end if;

    return query
        select t.product from product_texts t where t.language = wanted and lower(query) <% t.title;
    if english then
        return query
            select t.product from product_texts t
            where t.language = 'en' and lower(query) <% t.title
                and not exists (select from product_texts own where own.product = t.product and own.language = wanted);
    end if;
end
$$;

-- Said in the queries themselves now: as a function it was called once a row.
drop function is_shown;

-- When the clock changes any terms in a market: one row an instant, so that the next is found without reading every offer.
-- An instant that is no longer decided stays: a cache asks once more than it had to.
create table boundaries (
    market text not null,
    at     timestamptz not null,
    primary key (market, at)
);

insert into boundaries (market, at)
select distinct market, at from offers, unnest(begins) as at where at > '-infinity';
