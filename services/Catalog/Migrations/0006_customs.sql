-- What customs calls it; null where nobody has looked it up.
alter table products add hs_code text;
