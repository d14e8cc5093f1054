import { type } from 'arktype'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { FastifyRequest } from 'fastify'
import { Redis } from 'ioredis'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import postgres from 'postgres'
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import { toFastify } from '../../src/adapters/fastify.ts'
import {
  type CreateContext,
  type Creation,
  type CreationRequest,
  created,
  defineCreation,
  existing,
  invalid,
  parentNotFound,
} from '../../src/index.ts'
import { jsonSchema } from '../../src/schemas/json-schema.ts'
import { type MemoryTransaction, memoryStore } from '../../src/stores/memory.ts'
import { postgresStore } from '../../src/stores/postgres.ts'
import { redisStore } from '../../src/stores/redis.ts'
import { type SqliteTransaction, sqliteStore } from '../../src/stores/sqlite.ts'

// Read by the compiler alone (npm run types). Nothing here is annotated that an author would not annotate.

interface Input {
  readonly name: string
  readonly size?: number
}
const input = jsonSchema<Input>({ type: 'object' })
const rest = {
  operation: 'createThing',
  principal: 'anybody',
  input,
  duplicates: 'allow',
  idempotency: 'off',
  location: '/things/{id}',
} as const
const thing = { id: '1', name: 'tea', made: 5 }
type Thing = typeof thing

// The input is what the schema puts out: defaults, transforms and brands applied.
{
  const store = memoryStore()
  const common = { ...rest, store }
  defineCreation({
    ...common,
    input: z.strictObject({
      name: z.string().brand<'Name'>(),
      size: z.string().transform(Number),
      count: z.int().default(1),
    }),
    create(value) {
      expectTypeOf(value).toEqualTypeOf<{ name: string & z.$brand<'Name'>; size: number; count: number }>()
      return created({ id: value.name })
    },
  })
  defineCreation({
    ...common,
    input: v.strictObject({ name: v.pipe(v.string(), v.brand('Name')), size: v.pipe(v.string(), v.transform(Number)) }),
    create(value) {
      expectTypeOf(value).toEqualTypeOf<{ name: string & v.Brand<'Name'>; size: number }>()
      return created({ id: value.name })
    },
  })
  defineCreation({
    ...common,
    input: type({ name: 'string', size: 'string.numeric.parse' }),
    create(value) {
      expectTypeOf(value).toEqualTypeOf<{ name: string; size: number }>()
      return created({ id: value.name })
    },
  })
  defineCreation({
    ...common,
    input: jsonSchema<Input>({ type: 'object' }),
    create(value) {
      expectTypeOf(value).toEqualTypeOf<Input>()
      return created({ id: value.name })
    },
  })
}

// The row is what create returns, whatever else it may return, in a promise or not.
{
  const store = memoryStore()
  defineCreation({
    ...rest,
    store,
    create: async (value) => {
      if (value.size === 0) return parentNotFound('There is none.')
      if (value.size === 1) return invalid([{ pointer: '/size', detail: 'must be more' }])
      return value.size === 2 ? existing(thing) : created(thing)
    },
    duplicates: {
      policy: 'return-existing',
      naturalKey: ['name'],
      find(value, context) {
        expectTypeOf(value).toEqualTypeOf<Input>()
        expectTypeOf(context.tx).toEqualTypeOf<MemoryTransaction>()
        return value.size === 3 ? undefined : thing
      },
    },
    location(row, { params }) {
      expectTypeOf(row).toEqualTypeOf<Thing>()
      expectTypeOf(params).toEqualTypeOf<Readonly<Record<string, string>>>()
      return `/things/${row.id}`
    },
    represent(row) {
      expectTypeOf(row).toEqualTypeOf<Thing>()
      return row
    },
    etag(row) {
      expectTypeOf(row).toEqualTypeOf<Thing>()
      return `"${row.made}"`
    },
  })
  defineCreation({
    ...rest,
    store,
    insert: {
      table: 'thing',
      values(value, { newId, now }) {
        expectTypeOf(value).toEqualTypeOf<Input>()
        return { id: newId(), name: value.name, made: now.getTime() }
      },
    },
    etag(row) {
      expectTypeOf(row).toEqualTypeOf<Thing>()
      return `"${row.made}"`
    },
  })
}

// The transaction is that of the store.
{
  interface Tables {
    thing: { id: string; name: string }
  }
  const pool = new pg.Pool()
  const create =
    <Tx>(check: (tx: Tx) => void) =>
    (_: Input, { tx }: CreateContext<Tx>) => {
      check(tx)
      return created(thing)
    }
  defineCreation({
    ...rest,
    store: await sqliteStore({ file: 'shop.db' }),
    create: (_, { tx }) => {
      expectTypeOf(tx).toEqualTypeOf<SqliteTransaction>()
      return created(thing)
    },
  })
  defineCreation({
    ...rest,
    store: postgresStore({ pool }),
    create: (_, { tx }) => {
      expectTypeOf(tx).toEqualTypeOf<pg.PoolClient>()
      return created(thing)
    },
  })
  defineCreation({
    ...rest,
    store: postgresStore({ sql: postgres() }),
    create: (_, { tx }) => {
      expectTypeOf(tx).toEqualTypeOf<postgres.ReservedSql>()
      return created(thing)
    },
  })
  defineCreation({
    ...rest,
    store: postgresStore({ pool, wrap: (client) => drizzle({ client }) }),
    create: (_, { tx }) => {
      expectTypeOf(tx).toExtend<NodePgDatabase>()
      return created(thing)
    },
  })
  defineCreation({
    ...rest,
    store: postgresStore({
      pool,
      wrap: (client) =>
        new Kysely<Tables>({
          dialect: new PostgresDialect({ pool: { connect: async () => client, end: async () => {} } }),
        }),
    }),
    create: (_, { tx }) => {
      expectTypeOf(tx).toEqualTypeOf<Kysely<Tables>>()
      return created(thing)
    },
  })
  defineCreation({
    ...rest,
    store: memoryStore(),
    create: create<MemoryTransaction>((tx) => expectTypeOf(tx.insert).toBeFunction()),
  })
  defineCreation({
    ...rest,
    store: redisStore({ ioredis: new Redis() }),
    onCrash: 'block',
    create: (_, { tx, attemptKey, signal }) => {
      expectTypeOf(tx).toEqualTypeOf<undefined>()
      expectTypeOf(attemptKey).toEqualTypeOf<string | undefined>()
      expectTypeOf(signal?.aborted).toEqualTypeOf<boolean | undefined>()
      return created(thing)
    },
  })
}

// The framework's own request is that of the adapter, or of the request that principal takes.
toFastify(
  defineCreation({
    ...rest,
    store: memoryStore(),
    principal(request) {
      expectTypeOf(request.native).toEqualTypeOf<FastifyRequest>()
      return request.native.ip
    },
    create(_, { request }) {
      expectTypeOf(request).toEqualTypeOf<FastifyRequest>()
      return created(thing)
    },
  }),
)
expectTypeOf(
  defineCreation({
    ...rest,
    store: memoryStore(),
    principal: (request: CreationRequest<FastifyRequest>) => request.native.ip,
    create(_, { request, principal }) {
      expectTypeOf(request).toEqualTypeOf<FastifyRequest>()
      expectTypeOf(principal).toEqualTypeOf<string>()
      return created(thing)
    },
  }),
).toExtend<Creation<FastifyRequest>>()
