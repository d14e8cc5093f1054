export const SQLITE_TABLE =
  'create table if not exists orders (id text primary key, item text not null, via text not null) strict'
// Without a unique rule on the item: nothing but the library keeps a retry from creating twice.
export const PG_TABLE = 'create table orders (id text primary key, item text not null, via text not null)'
