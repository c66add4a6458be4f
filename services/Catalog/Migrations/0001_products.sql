-- What the store sells, and where it may not be sold. Texts that are only shown are jsonb by language
-- ({"en": …, "de": …}); texts that are searched are rows, so that each is indexed in its own language.

create extension if not exists pg_trgm;

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
    words       text not null generated always as (lower(name || ' ' || summary || ' ' || description)) stored,
    meaning     tsvector not null generated always as (
        setweight(to_tsvector(text_config(language), name), 'A')
        || setweight(to_tsvector(text_config(language), summary), 'B')
        || to_tsvector(text_config(language), description)) stored,
    primary key (product, language)
);

create index product_texts_by_meaning on product_texts using gin (meaning);
create index product_texts_by_likeness on product_texts using gin (words gin_trgm_ops);

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

-- The products whose text in the wanted language (English where there is none) says what was asked for. Only when no
-- text says it, the products whose text comes close: then it was probably mistyped.
create function search_products(query text, wanted text) returns setof text language sql stable
-- Low enough for one wrong letter in a word of five or six.
set pg_trgm.word_similarity_threshold = 0.45
as $$
    with texts as (
        select product, language, words, meaning
        from product_texts
        where language = wanted
            or language = 'en' and not exists (
                select from product_texts own where own.product = product_texts.product and own.language = wanted)
    ), said as (
        select product from texts
        where meaning @@ websearch_to_tsquery(text_config(language), query)
    )
    select product from said
    union all
    select product from texts where not exists (select from said) and lower(query) <% words
$$;
