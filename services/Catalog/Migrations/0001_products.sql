-- What the store sells, and where it may not be sold. Texts that are only shown are jsonb by language
-- ({"en": …, "de": …}); texts that are searched are rows, so that each is indexed in its own language.

create extension if not exists pg_trgm;
create extension if not exists fuzzystrmatch;

create table categories (
    slug     text primary key,
    position int not null,
    names    jsonb not null
);

create table products (
    slug           text primary key,
    version        bigint not null,
    category       text not null references categories,
    position       int not null,
    images         jsonb not null,
    specifications jsonb not null,
    published_at   timestamptz not null
);

create index products_in_order on products (position, slug);
create index products_by_category on products (category);

create table variants (
    sku      text primary key,
    product  text not null references products,
    position int not null,
    names    jsonb not null
);

create index variants_by_product on variants (product);

-- How a language bends its words; what has no dictionary of its own is read as plain words.
create function text_config(language text) returns regconfig language sql immutable as $$
    select case language
        when 'en' then 'english'::regconfig
        when 'de' then 'german'::regconfig
        when 'fr' then 'french'::regconfig
        else 'simple'::regconfig
    end
$$;

create table product_texts (
    product     text not null references products,
    language    text not null,
    name        text not null,
    summary     text not null,
    description text not null,
    meaning     tsvector not null generated always as (
        to_tsvector(text_config(language), name || ' ' || summary || ' ' || description)) stored,
    -- The same words as they are written, and the whole as one line: for what was mistyped.
    words       text[] not null generated always as (
        tsvector_to_array(to_tsvector('simple', name || ' ' || summary || ' ' || description))) stored,
    line        text not null generated always as (lower(name || ' ' || summary || ' ' || description)) stored,
    primary key (product, language)
);

create index product_texts_by_meaning on product_texts using gin (meaning);
create index product_texts_by_words on product_texts using gin (words);
create index product_texts_by_likeness on product_texts using gin (line gin_trgm_ops);

-- Every word that a text has, once a language.
create table vocabulary (
    language text not null,
    word     text not null,
    primary key (language, word)
);

-- One row per reason. A product with none in a market may be sold there.
create table restrictions (
    product   text not null references products,
    market    text not null,
    reason    text not null,
    position  int not null,
    owner     text not null,
    review_on date not null,
    texts     jsonb not null,
    primary key (product, market, reason)
);

-- Whether a product is shown in this language to who wants that one.
create function is_shown(product text, language text, wanted text) returns boolean language sql stable as $$
    select language = wanted or not exists (
        select from product_texts own where own.product = is_shown.product and own.language = wanted)
$$;

create function letters(word text) returns text[] language sql immutable as $$
    select array_agg(letter order by letter) from regexp_split_to_table(word, '') as letter
$$;

-- The words of a language that a mistyped word may have meant: one letter off in a short word, two in a longer one; two
-- letters swapped; or the beginning of a word.
create function words_meant(typed text, spoken text) returns text[] language sql stable as $$
    select coalesce(array_agg(word), '{}')
    from vocabulary
    where language = spoken and (
        starts_with(word, typed)
        or length(typed) between 3 and 60 and case levenshtein_less_equal(word, typed, 2)
            when 1 then true
            when 2 then length(typed) >= 6 or length(word) = length(typed) and letters(word) = letters(typed)
            else false
        end)
$$;

-- The products whose text in the wanted language (English where there is none) says what was asked for. Only when no
-- text says it, those that have a word meant for each word; and only when there are none of them either, those whose
-- whole text comes close, as when two words were written as one.
create function search_products(query text, wanted text) returns setof text language sql stable as $$
    with spoken as (
        select wanted as language union select 'en'
    ), said as materialized (
        select product
        from spoken
        join product_texts using (language)
        where meaning @@ websearch_to_tsquery(text_config(language), query) and is_shown(product, language, wanted)
    ), typed as materialized (
        select language, words_meant(word, language) as meant
        from spoken, unnest(tsvector_to_array(to_tsvector('simple', query))) as word
        where not exists (select from said)
    ), meant as materialized (
        select product
        from typed
        join product_texts t on t.language = typed.language and words && meant
        where is_shown(product, t.language, wanted)
        group by product, t.language
        having count(*) = (select count(*) from typed where typed.language = t.language)
    )
    select product from said
    union all
    select product from meant
    union all
    select product
    from spoken
    join product_texts using (language)
    where lower(query) <% line and is_shown(product, language, wanted)
        and not exists (select from said) and not exists (select from meant)
$$;
