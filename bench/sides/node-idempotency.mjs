// @node-idempotency/core with its Redis adapter, called as its plug-in for Fastify calls it: before the handler, and with
// the answer before that is sent.
import { Idempotency } from '@node-idempotency/core'
import { RedisStorageAdapter } from '@node-idempotency/storage-adapter-redis'
import fastify from 'fastify'
import { answer, toOrder, valuesOf } from './order.mjs'
import { createPool, PG_INSERT } from './postgres-tables.mjs'
import { serve } from './serve.mjs'

/** One INSERT behind it. */
export async function nodeIdempotency({ database, redisPort }) {
  const pool = createPool(database)
  const storage = new RedisStorageAdapter({ url: `redis://127.0.0.1:${redisPort}` })
  await storage.connect()
  const idempotency = new Idempotency(storage)
  const app = fastify()
  app.post('/orders', async (request, reply) => {
    const described = { method: request.method, path: request.url, headers: request.headers, body: request.body }
    const known = await idempotency.onRequest(described)
    if (known !== undefined) return answer(reply, known.body)
    const order = toOrder(request.body)
    await pool.query({ ...PG_INSERT, values: valuesOf(order) })
    await idempotency.onResponse(described, { body: order, additional: { statusCode: 201 } })
    return answer(reply, order)
  })
  return serve(app)
}
