import { randomUUID } from 'node:crypto'
import { created, defineCreation } from '@createonce/server'
import { z } from 'zod'
import { enqueueReceipt } from './receipts.mjs'

/** `POST /orders` on a PostgreSQL store: the order, its receipt's job and the memory of the key commit together. */
export function defineCreateOrder(store) {
  return defineCreation({
    operation: 'createOrder',
    store,
    principal: 'anybody', // with authentication: (request) => request.native.user.id
    input: z.strictObject({ item: z.string().min(1), quantity: z.int().positive(), email: z.email() }),
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
  })
}
