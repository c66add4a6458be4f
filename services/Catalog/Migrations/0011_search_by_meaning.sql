-- What mistyped words may have meant is looked for where words as typed are: in the index of meanings, which takes all of them
-- at once and the rarest first. As written, each on its own, a word that every second product has cost as much as the answer.
create function query_meant(asked text[], spoken text) returns tsquery language plpgsql stable as $$
declare
    config regconfig := text_config(spoken);
    typed  text;
    meant  text;
    one    tsquery;
    either tsquery;
    every  tsquery;
    -- A word that says nothing by itself, such as "the", is in every text.
    is_everywhere boolean;
begin
    foreach typed in array asked loop
        either := null;
        is_everywhere := false;
        foreach meant in array words_meant(typed, spoken) loop
            one := plainto_tsquery(config, meant);
            if numnode(one) = 0 then
                is_everywhere := true;
            else
                either := coalesce(either || one, one);
            end if;
        end loop;
        if is_everywhere then continue; end if;
        if either is null then return null; end if;
        every := coalesce(every && either, either);
    end loop;
    return every;
end
$$;

-- The products whose text in the wanted language (English where there is none) says what was asked for. Only when no
-- text says it, those that have a word meant for each word; and only when there are none of them either, those whose
-- name comes close, as when two words were written as one.
create or replace function search_products(query text, wanted text) returns setof text language plpgsql stable as $$
declare
    asked   text[] := tsvector_to_array(to_tsvector('simple', query));
    english boolean := wanted <> 'en';
    meant   tsquery;
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

    meant := query_meant(asked, wanted);
    return query
        select t.product from product_texts t where t.language = wanted and t.meaning @@ meant;
    is_said := found;
    if english then
        meant := query_meant(asked, 'en');
        return query
            select t.product from product_texts t
            where t.language = 'en' and t.meaning @@ meant
                and not exists (select from product_texts own where own.product = t.product and own.language = wanted);
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

drop index product_texts_by_words;
alter table product_texts drop column words;
