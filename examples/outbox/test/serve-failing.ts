import fastify from 'fastify'
import pg from 'pg'
import { z } from 'zod'
import { createonce, toFastify } from '../../../packages/server/src/adapters/fastify.ts'
import { defineCreation, invalid } from '../../../packages/server/src/index.ts'
import { postgresStore } from '../../../packages/server/src/stores/postgres.ts'
// @ts-expect-error: the example has no types
import { enqueueReceipt } from '../receipts.mjs'

const ID = '00000000-0000-4000-8000-000000000001'

/** The example's service with a `create` that inserts and enqueues as it does, and comes to no good end. */
export async function serveFailing(
  connectionString: string,
  how: 'throws' | 'refuses',
): Promise<{ readonly origin: string; entered(): number; close(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString })
  const store = postgresStore({ pool })
  let entered = 0
  const createOrder = defineCreation({
    operation: 'createOrder',
    store,
    principal: 'anybody',
    input: z.object({}),
    async create(_input, { tx }) {
      await tx.query("insert into orders (id, item, quantity, email) values ($1, 'tea', 2, 'ann@example.com')", [ID])
      await enqueueReceipt(tx, ID)
      entered += 1
      if (how === 'throws') throw new Error('The test throws.')
      return invalid([{ pointer: '/item', detail: 'is refused by the test' }])
    },
    duplicates: 'allow',
    idempotency: 'required',
    location: '/orders/{id}',
  })
  const app = fastify()
  app.register(createonce)
  app.register(async (routes) => {
    routes.post('/orders', toFastify(createOrder))
  })
  return {
    origin: await app.listen({ port: 0, host: '127.0.0.1' }),
    entered: () => entered,
    async close() {
      await app.close()
      await store.close()
      await pool.end()
    },
  }
}
