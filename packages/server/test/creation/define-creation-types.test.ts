import { expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import {
  type Creation,
  created,
  defineCreation,
  existing,
  invalid,
  type LeasedStore,
  parentNotFound,
} from '../../src/index.ts'
import { type MemoryTransaction, memoryStore } from '../../src/stores/memory.ts'

// Checked by the compiler (npm run types); at run time there is only the definition itself.

const store = memoryStore()
const input = z.strictObject({ name: z.string(), size: z.number().default(1) })
interface Row {
  readonly id: number
  readonly label: string
}
const row: Row = { id: 1, label: 'tea' }
const rest = { operation: 'createThing', store, input, duplicates: 'allow', idempotency: 'off' } as const

it('infers the input of create from the schema, with its defaults applied, and the transaction from the store', () => {
  const creation = defineCreation({
    ...rest,
    principal: 'anybody',
    create(value, { tx, params, principal }) {
      expectTypeOf(value).toEqualTypeOf<{ name: string; size: number }>()
      expectTypeOf(tx).toEqualTypeOf<MemoryTransaction>()
      expectTypeOf(params).toEqualTypeOf<Readonly<Record<string, string>>>()
      expectTypeOf(principal).toEqualTypeOf<string>()
      return created(row)
    },
    location: '/things/{id}',
  })
  expectTypeOf(creation).toExtend<Creation<unknown>>()
})

it('infers the row of location, represent, etag and find from what create returns', () => {
  defineCreation({
    ...rest,
    principal: () => 'ann',
    create: (value) => {
      if (value.size === 0) return parentNotFound('There is none.')
      if (value.size === 1) return invalid([{ pointer: '/size', detail: 'must be more' }])
      return value.size === 2 ? existing(row) : created(row)
    },
    duplicates: { policy: 'return-existing', naturalKey: ['name'], find: () => row },
    location(seen) {
      expectTypeOf(seen).toEqualTypeOf<Row>()
      return `/things/${seen.id}`
    },
    represent(seen) {
      expectTypeOf(seen).toEqualTypeOf<Row>()
      return seen
    },
    etag(seen) {
      expectTypeOf(seen).toEqualTypeOf<Row>()
      return `"${seen.id}"`
    },
  })
})

it('takes a promise of a result, and the tuple of a Flask view', () => {
  const location = '/things/{id}'
  defineCreation({ ...rest, principal: 'anybody', create: async () => created(row), location })
  defineCreation({ ...rest, principal: 'anybody', create: () => [row, 201, { 'X-Own': 'yes' }] as const, location })
})

it('takes a leased store with a choice for a crash', () => {
  defineCreation({
    ...rest,
    store: { ...store, insert: undefined as never, guarantee: 'leased', release: async () => ({ kind: 'absent' }) },
    onCrash: 'block',
    principal: 'anybody',
    create(_, { attemptKey, signal }) {
      expectTypeOf(attemptKey).toEqualTypeOf<string | undefined>()
      expectTypeOf(signal).toEqualTypeOf<AbortSignal | undefined>()
      return created(row)
    },
    location: '/things/{id}',
  })
})

/** What must not compile. */
export function refused(leased: LeasedStore<undefined>): void {
  const create = () => created(row)
  const location = '/things/{id}'
  const principal = 'anybody'

  // @ts-expect-error The principal is missing: nobody shall forget whose key it is.
  defineCreation({ ...rest, create, location })

  // @ts-expect-error A principal that is a name would be one caller for all.
  defineCreation({ ...rest, principal: 'ann', create, location })

  // @ts-expect-error There is no member of this name in the input.
  defineCreation({ ...rest, principal, create: (value) => created({ id: value.nome }), location })

  // @ts-expect-error The row has no such member.
  defineCreation({ ...rest, principal, create, location: (seen) => `/things/${seen.uuid}` })

  // @ts-expect-error What create returns is no result.
  defineCreation({ ...rest, principal, create: () => row, location })

  // @ts-expect-error Another status is no outcome of a creation.
  defineCreation({ ...rest, principal, create: () => [row, 204] as const, location })

  const naturalKey = ['name']
  // @ts-expect-error The policy return-existing needs find.
  defineCreation({ ...rest, principal, create, location, duplicates: { policy: 'return-existing', naturalKey } })

  // @ts-expect-error There is no such policy.
  defineCreation({ ...rest, principal, create, location, idempotency: 'always' })

  // @ts-expect-error The duplicate policy is missing.
  defineCreation({ operation: 'createThing', store, input, idempotency: 'off', principal, create, location })

  // @ts-expect-error Over a leased store the choice for a crash is missing.
  defineCreation({ ...rest, store: leased, principal, create, location })

  // @ts-expect-error Over a store with transactions a crash leaves no choice.
  defineCreation({ ...rest, onCrash: 'block', principal, create, location })
}
