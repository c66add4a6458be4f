-- Maker, responsible persons and warnings, as published; null where a product has none.
alter table products add safety jsonb;
