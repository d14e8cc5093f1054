// Createonce on PostgreSQL.
import { created } from '@createonce/server'
import { postgresStore } from '@createonce/server/postgres'
import { creationApp, declaredOrder } from './creation.mjs'
import { toOrder, valuesOf } from './order.mjs'
import { createPool, PG_INSERT } from './postgres-tables.mjs'
import { serve } from './serve.mjs'

/** A declared row with a natural key. */
export function declared({ database }) {
  const store = postgresStore({ pool: createPool(database) })
  const app = creationApp({
    store,
    insert: declaredOrder,
    duplicates: {
      policy: 'reject',
      naturalKey: ['code'],
      find: async ({ code }, { tx }) => (await tx.query('select * from orders where code = $1', [code])).rows[0],
    },
  })
  return serve(app, { store })
}

/** The author's INSERT inside the library's transaction. */
export function creating({ database }) {
  const store = postgresStore({ pool: createPool(database) })
  const app = creationApp({
    store,
    async create(given, { tx }) {
      const order = toOrder(given)
      await tx.query({ ...PG_INSERT, values: valuesOf(order) })
      return created(order)
    },
  })
  return serve(app, { store })
}
