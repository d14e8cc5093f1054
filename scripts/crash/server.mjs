// A service under fire: two creations, one of each kind, and the read of what they create.
// node server.mjs '{"store":"sqlite"|"postgres", "file":…, "database":…, "port":…}'
import { randomUUID } from 'node:crypto'
import { created, defineCreation } from '@createonce/server'
import { createonce, toFastify } from '@createonce/server/fastify'
import { postgresStore } from '@createonce/server/postgres'
import { sqliteStore } from '@createonce/server/sqlite'
import fastify from 'fastify'
import pg from 'pg'
import { z } from 'zod'
import { SQLITE_TABLE } from './tables.mjs'

const { store: kind, file, database, port } = JSON.parse(process.argv[2])

const engines = {
  async sqlite() {
    const store = await sqliteStore({ file, schema: SQLITE_TABLE })
    const insert = 'insert into orders (id, item, via) values (?, ?, ?)'
    return {
      store,
      insert: (tx, { id, item, via }) => tx.prepare(insert).run(id, item, via),
      read: async (id) => store.read.prepare('select id, item, via from orders where id = ?').get(id),
    }
  },
  async postgres() {
    const pool = new pg.Pool({ ...database, max: 8 })
    const store = postgresStore({ pool })
    const insert = 'insert into orders (id, item, via) values ($1, $2, $3)'
    return {
      store,
      insert: (tx, { id, item, via }) => tx.query(insert, [id, item, via]),
      read: async (id) => (await pool.query('select id, item, via from orders where id = $1', [id])).rows[0],
    }
  },
}

const { store, insert, read } = await engines[kind]()
const common = {
  store,
  principal: 'anybody',
  input: z.strictObject({ item: z.string() }),
  duplicates: 'allow',
  idempotency: { key: 'required', waitMs: 200 },
  location: '/orders/{id}',
  // A cached answer would prove nothing about the database.
  replayCacheBytes: 0,
}
const app = fastify()
app.register(createonce)
app.register(async (routes) => {
  routes.post(
    '/created',
    toFastify(
      defineCreation({
        ...common,
        operation: 'create',
        async create({ item }, { tx }) {
          const order = { id: randomUUID(), item, via: 'create' }
          // The window between the statements is where a process dies best.
          await new Promise((resolve) => setImmediate(resolve))
          await insert(tx, order)
          await new Promise((resolve) => setImmediate(resolve))
          return created(order)
        },
      }),
    ),
  )
  routes.post(
    '/declared',
    toFastify(
      defineCreation({
        ...common,
        operation: 'declare',
        insert: { table: 'orders', values: ({ item }, { newId }) => ({ id: newId(), item, via: 'declared' }) },
      }),
    ),
  )
  routes.get('/orders/:id', async (request, reply) => (await read(request.params.id)) ?? reply.code(404).send({}))
})
await app.listen({ port, host: '127.0.0.1' })
process.send?.('ready')
process.on('disconnect', () => process.exit(0))
