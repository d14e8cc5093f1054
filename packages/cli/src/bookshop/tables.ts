/** The bookshop's own tables, beside the library's record table in the same file. */
export const bookshopTables = `
  create table if not exists publisher (
    id text primary key, name text not null unique, country text, created_at text not null
  ) strict;
  create table if not exists book (
    id text primary key, publisher_id text not null references publisher (id) on delete cascade,
    isbn text not null, title text not null, pages integer, price text, created_at text not null,
    unique (publisher_id, isbn)
  ) strict;
  create table if not exists "order" (
    id text primary key, email text not null, lines text not null, note text, created_at text not null
  ) strict;
`
