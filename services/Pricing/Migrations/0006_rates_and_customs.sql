-- Rates change on a day that the law or the carrier names. A later row for the same instant takes the place of the earlier,
-- so that what was announced and has not begun yet can be corrected; what was in force stays readable.
alter table tax_rules
    drop constraint tax_rules_pkey,
    add id             bigint generated always as identity primary key,
    add effective_from timestamptz not null default '-infinity',
    add set_by         text not null default 'seed';

create index tax_rules_by_region on tax_rules (market, region, effective_from, id desc);

create trigger append_only before update or delete or truncate on tax_rules
    for each statement execute function refuse_rewriting_history();

alter table shipping_rates
    drop constraint shipping_rates_pkey,
    alter amount drop not null,                       -- null: not offered any more
    add id             bigint generated always as identity primary key,
    add effective_from timestamptz not null default '-infinity',
    add set_by         text not null default 'seed';

create index shipping_rates_by_code on shipping_rates (market, code, effective_from, id desc);

create trigger append_only before update or delete or truncate on shipping_rates
    for each statement execute function refuse_rewriting_history();

-- Countries between which goods cross no customs border, by a name for what they are in. A country that is in none is alone.
create table customs_areas (
    country text primary key,
    area    text not null
);

insert into customs_areas (country, area)
select country, 'EU' from unnest(string_to_array(
    'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE', ' ')) as country;

-- Where a market's parcels come from: its own country, or one that no customs border parts from it.
alter table markets add ships_from text;
update markets set ships_from = code;
alter table markets alter ships_from set not null;

-- From Catalog: what customs calls it, and how many texts are told in which language; null where it has not said.
alter table products
    add hs_code           text,
    add text_count        int,
    add texts_by_language jsonb;

-- Markets that were seeded before their seed was looked at have been selling for long: they are not looked at now.
insert into changes (at, who, what, market, after, why)
select now(), 'migration', 'CheckSeed', code, '{}', 'Seeded before seeds were checked' from markets;
