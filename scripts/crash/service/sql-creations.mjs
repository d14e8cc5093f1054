import { randomUUID } from 'node:crypto'
import { created, defineCreation } from '@createonce/server'
import { input } from './input.mjs'

const turn = () => new Promise((resolve) => setImmediate(resolve))

/**
 * The creations over a store with tables, by path: each way to write one, without and with a natural key.
 *
 * @param engine `insert(tx, table, values)` inside a transaction, `find(tx, name)` of the natural key.
 */
export function sqlCreations({ store, insert, find }) {
  const common = {
    store,
    principal: 'anybody',
    input,
    idempotency: { key: 'required', waitMs: 200 },
    location: '/orders/{id}',
    // A cached answer would prove nothing about the database.
    replayCacheBytes: 0,
  }
  const unique = {
    ...common,
    duplicates: { policy: 'return-existing', naturalKey: ['name'], find: ({ item }, { tx }) => find(tx, item) },
    location: '/named/{id}',
  }
  /** The window between the statements is where a process dies best. */
  const creating = (table, column) => async (given, context) => {
    const row = { id: randomUUID(), [column]: given.item, via: 'create' }
    await turn()
    await insert(context.tx, table, row)
    await turn()
    return created(row)
  }
  const declared = (table, column) => ({
    table,
    values: (given, { newId }) => ({ id: newId(), [column]: given.item, via: 'insert' }),
  })
  return {
    '/created': defineCreation({
      ...common,
      operation: 'create',
      duplicates: 'allow',
      create: creating('orders', 'item'),
    }),
    '/declared': defineCreation({
      ...common,
      operation: 'declare',
      duplicates: 'allow',
      insert: declared('orders', 'item'),
    }),
    '/named/created': defineCreation({ ...unique, operation: 'createNamed', create: creating('named', 'name') }),
    '/named/declared': defineCreation({ ...unique, operation: 'declareNamed', insert: declared('named', 'name') }),
  }
}
