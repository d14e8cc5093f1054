// Createonce on SQLite.
import { created } from '@createonce/server'
import { sqliteStore } from '@createonce/server/sqlite'
import { creationApp, declaredOrder } from './creation.mjs'
import { toOrder, valuesOf } from './order.mjs'
import { serve } from './serve.mjs'
import { durabilityOf, READ_SYNCHRONOUS, SQLITE_INSERT, SQLITE_TABLES } from './sqlite-tables.mjs'

/** A declared row. */
export function declared(options) {
  return onStore(options, { insert: declaredOrder })
}

/** The author's INSERT inside the library's transaction. */
export function creating(options) {
  return onStore(options, {
    create(given, { tx }) {
      const order = toOrder(given)
      tx.prepare(SQLITE_INSERT).run(...valuesOf(order))
      return created(order)
    },
  })
}

async function onStore({ file, durability }, settings) {
  const store = await sqliteStore({ file, schema: SQLITE_TABLES, ...(durability !== undefined && { durability }) })
  // Asked of the connection that writes, so that the table shows what was measured and not what was wanted.
  const synchronous = await store.write((tx) => tx.prepare(READ_SYNCHRONOUS).get())
  return serve(creationApp({ store, ...settings }), { store, facts: { durability: durabilityOf(synchronous) } })
}
