import pg from 'pg'
import { ORDER_COLUMNS } from './order.mjs'

/** The author's tables in PostgreSQL. */
export const PG_TABLES = `
  create table if not exists shop (id text primary key);
  insert into shop values ('here') on conflict do nothing;
  create table if not exists orders (id uuid primary key, item text not null, quantity integer not null,
    shop text references shop (id), code text unique, created_at timestamptz not null);`

/** The author's statement; its name makes pg prepare it once for each connection. */
export const PG_INSERT = {
  name: 'insert_order',
  text: `insert into orders (${ORDER_COLUMNS}) values ($1, $2, $3, $4, $5, $6)`,
}

/** The same pool for all sides. */
export function createPool(database) {
  return new pg.Pool({ ...database, max: 16 })
}
