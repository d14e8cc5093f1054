// @aws-lambda-powertools/idempotency with its own cache layer on Redis, around the function that inserts; its defaults,
// which do not compare payloads.
import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency'
import { CachePersistenceLayer } from '@aws-lambda-powertools/idempotency/cache'
import { createClient } from '@redis/client'
import fastify from 'fastify'
import { answer, toOrder, valuesOf } from './order.mjs'
import { createPool, PG_INSERT } from './postgres-tables.mjs'
import { serve } from './serve.mjs'

// It asks its caller, who is AWS Lambda otherwise, how long a function may still run.
const CONTEXT = { getRemainingTimeInMillis: () => 30_000 }

/** One INSERT behind it. */
export async function powertools({ database, redisPort }) {
  const pool = createPool(database)
  const client = await createClient({ url: `redis://127.0.0.1:${redisPort}` }).connect()
  const place = makeIdempotent(
    async ({ body }) => {
      const order = toOrder(body)
      await pool.query({ ...PG_INSERT, values: valuesOf(order) })
      return order
    },
    {
      persistenceStore: new CachePersistenceLayer({ client }),
      config: new IdempotencyConfig({ eventKeyJmesPath: 'key', throwOnNoIdempotencyKey: true }),
    },
  )
  const app = fastify()
  app.post('/orders', async (request, reply) =>
    answer(reply, await place({ key: request.headers['idempotency-key'], body: request.body }, CONTEXT)),
  )
  return serve(app)
}
