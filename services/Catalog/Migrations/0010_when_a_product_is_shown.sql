-- When a market shows a product: from its restrictions there and its variants' terms, which triggers keep in step, so that
-- a listing asks one row of each product instead of reckoning from every offer. '-infinity' and 'infinity' are instants here.
create table shelf (
    market  text not null,
    product text not null references products,
    shown   tstzmultirange not null,
    primary key (market, product)
);

-- A product is shown for as long as it is restricted there, and whenever one of its variants is offered or announced.
create function shelve(on_market text, of_product text) returns void language plpgsql as $$
begin
    -- Two offers of one product may come at the same time: the second reckons with the first.
    perform from products where slug = of_product for no key update;
    insert into shelf (market, product, shown)
    select on_market, of_product, coalesce(range_agg(span), '{}')
    from (
        select tstzrange('-infinity', null) as span from restrictions where product = of_product and market = on_market
        union all
        select tstzrange(begins, ends)
        from (
            select terms.begins, terms.shown, lead(terms.begins) over (partition by sku order by n) as ends
            from variants
            join offers using (sku)
            cross join unnest(offers.begins, offers.shown) with ordinality as terms (begins, shown, n)
            where product = of_product and market = on_market) terms
        where shown
    ) spans
    on conflict (market, product) do update set shown = excluded.shown;
end
$$;

create function shelve_offer() returns trigger language plpgsql as $$
begin
    perform shelve(coalesce(new.market, old.market), product) from variants where sku = coalesce(new.sku, old.sku);
    return null;
end
$$;

create function shelve_variant() returns trigger language plpgsql as $$
begin
    perform shelve(market, new.product) from offers where sku = new.sku;
    return null;
end
$$;

create function shelve_restriction() returns trigger language plpgsql as $$
begin
    perform shelve(coalesce(new.market, old.market), coalesce(new.product, old.product));
    return null;
end
$$;

create trigger offers_are_shelved after insert or update of begins, shown or delete on offers
    for each row execute function shelve_offer();
create trigger variants_are_shelved after insert on variants
    for each row execute function shelve_variant();
create trigger restrictions_are_shelved after insert or delete on restrictions
    for each row execute function shelve_restriction();

select shelve(market, product) from (
    select market, product from restrictions
    union
    select market, product from offers join variants using (sku)) known;
