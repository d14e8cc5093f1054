// A service that keeps orders in PostgreSQL and logs as pino does; a process of its own, on the port that it is given.
import { randomUUID } from 'node:crypto'
import { created, defineCreation } from '@createonce/server'
import { createonce, toFastify } from '@createonce/server/fastify'
import { postgresStore } from '@createonce/server/postgres'
import fastify from 'fastify'
import pg from 'pg'
import { z } from 'zod'

const [, config] = process.argv.slice(2)
const pool = new pg.Pool(JSON.parse(config))
const store = postgresStore({ pool })
await store.ready()

const app = fastify({ logger: true })
app.register(createonce)
app.register(async (routes) => {
  const createOrder = defineCreation({
    operation: 'createOrder',
    store,
    log: app.log,
    principal: () => 'ann',
    input: z.strictObject({ name: z.string() }),
    async create({ name }, { tx }) {
      const thing = { id: randomUUID(), name }
      await tx.query('insert into thing (id, name) values ($1, $2)', [thing.id, thing.name])
      return created(thing)
    },
    duplicates: 'allow',
    idempotency: 'required',
    location: '/orders/{id}',
  })
  routes.post('/orders', toFastify(createOrder))
})
await app.listen({ port: 0, host: '127.0.0.1' })
