import { randomUUID } from 'node:crypto'
import { type Creation, created, defineCreation, type Store } from '../../src/index.ts'

/** The two ways to write a creation, as `stop-process.mjs` has them too. */
export type Creations = Readonly<Record<'create' | 'insert', Creation>>

interface Thing {
  readonly id: string
  readonly item: string
}

/** Defines them over a store. */
export function creationsOver<Tx>(store: Store<Tx>, insert: (tx: Tx, row: Thing) => unknown): Creations {
  const common = {
    store,
    principal: 'anybody',
    input: {
      '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value: value as { item: string } }) },
    },
    duplicates: 'allow',
    idempotency: 'required',
    location: '/things/{id}',
  } as const
  return {
    create: defineCreation({
      ...common,
      operation: 'create',
      async create({ item }, { tx }) {
        const row = { id: randomUUID(), item }
        await insert(tx, row)
        return created(row)
      },
    }),
    insert: defineCreation({
      ...common,
      operation: 'insert',
      insert: { table: 'thing', values: ({ item }, { newId }) => ({ id: newId(), item }) },
    }),
  }
}
