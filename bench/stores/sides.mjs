// The handlers that are compared. "bare" is what a handler does without Createonce: one prepared INSERT, no protection.
import { randomUUID } from 'node:crypto'
import { created, defineCreation } from '@createonce/server'
import { createonce, toFastify } from '@createonce/server/fastify'
import { memoryStore } from '@createonce/server/memory'
import { postgresStore } from '@createonce/server/postgres'
import { sqliteStore } from '@createonce/server/sqlite'
import pg from 'pg'
import { z } from 'zod'

const input = z.strictObject({
  item: z.string(),
  quantity: z.int(),
  shop: z.string().optional(),
  code: z.string().optional(),
})
const ORDER_COLUMNS = 'id, item, quantity, shop, code, created_at'

export const PG_TABLES = `
  create table if not exists shop (id text primary key);
  insert into shop values ('here') on conflict do nothing;
  create table if not exists orders (id uuid primary key, item text not null, quantity integer not null,
    shop text references shop (id), code text unique, created_at timestamptz not null);`

const SQLITE_TABLES = `create table if not exists orders (id text primary key, item text not null, quantity integer not null,
  shop text, code text unique, created_at text not null) strict`

const toOrder = (order, id = randomUUID()) => ({
  id,
  item: order.item,
  quantity: order.quantity,
  shop: order.shop ?? null,
  code: order.code ?? null,
  created_at: new Date().toISOString(),
})
const valuesOf = (order) => [order.id, order.item, order.quantity, order.shop, order.code, order.created_at]

/** Mounts a creation on POST /orders. */
function mount(app, settings) {
  app.register(createonce)
  app.register(async (routes) => {
    routes.post(
      '/orders',
      toFastify(
        defineCreation({
          operation: 'createOrder',
          principal: 'anybody',
          input,
          duplicates: 'allow',
          idempotency: 'optional',
          location: '/orders/{id}',
          ...settings,
        }),
      ),
    )
  })
}

const declared = {
  table: 'orders',
  values: (order, { newId, now }) => ({ ...toOrder(order, newId()), created_at: now.toISOString() }),
}

const PG_INSERT = {
  name: 'insert_order',
  text: `insert into orders (${ORDER_COLUMNS}) values ($1, $2, $3, $4, $5, $6)`,
}
const answer = (reply, order) => reply.code(201).header('location', `/orders/${order.id}`).send(order)
/** What an author without the library does about a broken rule. */
const refuse = (reply, error) =>
  reply.code(error.code === '23505' ? 409 : error.code === '23503' ? 404 : 500).send({ error: error.code })

export const sides = {
  'pg-bare': ({ app, pool }) => {
    app.post('/orders', async (request, reply) => {
      const order = toOrder(request.body)
      try {
        await pool.query({ ...PG_INSERT, values: valuesOf(order) })
      } catch (error) {
        return refuse(reply, error)
      }
      return answer(reply, order)
    })
  },
  'pg-own-transaction': ({ app, pool }) => {
    app.post('/orders', async (request, reply) => {
      const order = toOrder(request.body)
      const client = await pool.connect()
      try {
        await client.query('begin')
        await client.query({ ...PG_INSERT, values: valuesOf(order) })
        await client.query('commit')
      } finally {
        client.release()
      }
      return answer(reply, order)
    })
  },
  'pg-declared': ({ app, pool }) => {
    mount(app, {
      store: postgresStore({ pool }),
      insert: declared,
      duplicates: {
        policy: 'reject',
        naturalKey: ['code'],
        find: async ({ code }, { tx }) => (await tx.query('select * from orders where code = $1', [code])).rows[0],
      },
    })
  },
  'pg-create': ({ app, pool }) => {
    mount(app, {
      store: postgresStore({ pool }),
      async create(given, { tx }) {
        const order = toOrder(given)
        await tx.query({ ...PG_INSERT, values: valuesOf(order) })
        return created(order)
      },
    })
  },
  'sqlite-bare': async ({ app, file, synchronous }) => {
    const { DatabaseSync } = process.getBuiltinModule?.('node:sqlite') ?? (await import('@photostructure/sqlite'))
    const database = new DatabaseSync(file)
    database.exec(`pragma journal_mode = wal; pragma synchronous = ${synchronous}; ${SQLITE_TABLES}`)
    // A connection that nobody holds is collected, and its statements with it.
    app.decorate('database', database)
    const insert = database.prepare(`insert into orders (${ORDER_COLUMNS}) values (?, ?, ?, ?, ?, ?)`)
    app.post('/orders', (request, reply) => {
      const order = toOrder(request.body)
      insert.run(...valuesOf(order))
      return answer(reply, order)
    })
  },
  'sqlite-declared': async ({ app, file }) => {
    mount(app, { store: await sqliteStore({ file, schema: SQLITE_TABLES }), insert: declared })
  },
  'sqlite-create': async ({ app, file }) => {
    mount(app, {
      store: await sqliteStore({ file, schema: SQLITE_TABLES }),
      create(given, { tx }) {
        const order = toOrder(given)
        tx.prepare(`insert into orders (${ORDER_COLUMNS}) values (?, ?, ?, ?, ?, ?)`).run(...valuesOf(order))
        return created(order)
      },
    })
  },
  'no-database': ({ app }) => {
    app.post('/orders', (request, reply) => answer(reply, toOrder(request.body)))
  },
  constant: ({ app }) => {
    const order = toOrder({ item: 'tea', quantity: 2 }, 'constant')
    app.post('/orders', (_request, reply) => answer(reply, order))
  },
  memory: ({ app }) => {
    mount(app, { store: memoryStore(), create: (given) => created(toOrder(given)) })
  },
}

/** A pool for the sides that need one. */
export function createPool(config) {
  return new pg.Pool({ ...config, max: 16 })
}
