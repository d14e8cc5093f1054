import { defineCreation } from '@createonce/server'
import { createonce, toFastify } from '@createonce/server/fastify'
import fastify from 'fastify'
import { z } from 'zod'
import { toOrder } from './order.mjs'

const input = z.strictObject({
  item: z.string(),
  quantity: z.int(),
  shop: z.string().optional(),
  code: z.string().optional(),
})

/** A row that the library writes. */
export const declaredOrder = {
  table: 'orders',
  values: (given, { newId, now }) => ({ ...toOrder(given, newId()), created_at: now.toISOString() }),
}

/** A Fastify app with a creation of orders on POST /orders. */
export function creationApp(settings) {
  const app = fastify()
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
  return app
}
