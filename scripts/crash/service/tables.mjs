// The item has no unique rule: nothing but the library keeps a retry from creating it twice. A name is a natural key,
// for which several clients race under keys of their own.
export const SQLITE_TABLES = `create table if not exists orders (id text primary key, item text not null, via text not null) strict;
  create table if not exists named (id text primary key, name text not null unique, via text not null) strict`
export const POSTGRES_TABLES = `create table if not exists orders (id text primary key, item text not null, via text not null);
  create table if not exists named (id text primary key, name text not null unique, via text not null)`
