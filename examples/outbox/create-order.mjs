import { randomUUID } from 'node:crypto'
import { created, defineCreation } from '@createonce/server'
import { z } from 'zod'
import { enqueueReceipt } from './receipts.mjs'

const orderSchema = z.strictObject({
  id: z.uuid(),
  item: z.string().min(1),
  quantity: z.int().min(1).max(1_000), // the column holds no more than 2^31 - 1
  email: z.email(),
})

/** `POST /orders` on a PostgreSQL store: the order, its receipt's job and the memory of the key commit together. */
export function defineCreateOrder(store) {
  return defineCreation({
    operation: 'createOrder',
    store,
    principal: 'anybody', // with authentication: (request) => request.native.user.id
    input: orderSchema.omit({ id: true }),
    async create(input, { tx }) {
      const order = { id: randomUUID(), ...input }
      await tx.query('insert into orders (id, item, quantity, email) values ($1, $2, $3, $4)', [
        order.id,
        order.item,
        order.quantity,
        order.email,
      ])
      await enqueueReceipt(tx, order.id)
      return created(order)
    },
    duplicates: 'allow',
    idempotency: 'required',
    location: '/orders/{id}',
    openapi: { summary: 'Place an order', representation: orderSchema },
  })
}
