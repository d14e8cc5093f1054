// express-idempotency with its Redis adapter, in Express, as its README has it.
import { once } from 'node:events'
import express from 'express'
import { getSharedIdempotencyService, idempotency } from 'express-idempotency'
import redisAdapter from 'express-idempotency-redis-adapter'
import { toOrder, valuesOf } from './order.mjs'
import { createPool, PG_INSERT } from './postgres-tables.mjs'

/** One INSERT behind it. */
export async function expressIdempotency({ database, redisPort }) {
  const pool = createPool(database)
  const dataAdapter = new redisAdapter.default({ connectionConfig: { url: `redis://127.0.0.1:${redisPort}` } })
  await dataAdapter.connect()
  const app = express()
  app.use(express.json())
  app.post('/orders', idempotency({ dataAdapter }), async (request, response) => {
    // The recorded answer has been sent; the middleware calls the handler all the same.
    if (getSharedIdempotencyService().isHit(request)) return
    const order = toOrder(request.body)
    await pool.query({ ...PG_INSERT, values: valuesOf(order) })
    response.status(201).location(`/orders/${order.id}`).json(order)
  })
  return {
    async listen() {
      const server = app.listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server.address().port
    },
  }
}
