// What a handler does without Createonce: one prepared INSERT, alone or in a transaction of its own, and no protection.
import fastify from 'fastify'
import { answer, toOrder, valuesOf } from './order.mjs'
import { createPool, PG_INSERT } from './postgres-tables.mjs'
import { serve } from './serve.mjs'

// https://www.postgresql.org/docs/current/errcodes-appendix.html: unique_violation, foreign_key_violation.
const STATUS = { 23505: 409, 23503: 404 }

/** One INSERT. */
export function bare({ database }) {
  const app = fastify()
  const pool = createPool(database)
  app.post('/orders', async (request, reply) => {
    const order = toOrder(request.body)
    // Not pool.query, which closes a connection after each error.
    const client = await pool.connect()
    try {
      await client.query({ ...PG_INSERT, values: valuesOf(order) })
    } catch (error) {
      return reply.code(STATUS[error.code] ?? 500).send({ error: error.code })
    } finally {
      client.release()
    }
    return answer(reply, order)
  })
  return serve(app)
}

/** BEGIN, INSERT, COMMIT. */
export function ownTransaction({ database }) {
  const app = fastify()
  const pool = createPool(database)
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
  return serve(app)
}
