import { ORDER_COLUMNS } from './order.mjs'

/** The author's table in SQLite. */
export const SQLITE_TABLES = `create table if not exists orders (id text primary key, item text not null, quantity integer not null,
  shop text, code text unique, created_at text not null) strict`

/** The author's statement. */
export const SQLITE_INSERT = `insert into orders (${ORDER_COLUMNS}) values (?, ?, ?, ?, ?, ?)`

// https://www.sqlite.org/pragma.html#pragma_synchronous
const LEVELS = ['OFF', 'NORMAL', 'FULL', 'EXTRA']

/** What `select synchronous from pragma_synchronous` says, in words. */
export function durabilityOf({ synchronous }) {
  return LEVELS[synchronous]
}

/** The pragma as a query, which a transaction may run too. */
export const READ_SYNCHRONOUS = 'select synchronous from pragma_synchronous'
