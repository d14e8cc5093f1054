import { randomUUID } from 'node:crypto'
import { created, defineCreation } from '@createonce/server'
import { z } from 'zod'
import { store } from './store'

export const orderSchema = z.strictObject({
  id: z.uuid(),
  item: z.string().min(1).max(100),
  quantity: z.int().min(1).max(1_000),
})

export const createOrder = defineCreation({
  operation: 'createOrder',
  store,
  principal: 'anybody', // with authentication: (request) => userOf(request.native)
  input: orderSchema.omit({ id: true }),
  create(input, { tx }) {
    const order = { id: randomUUID(), ...input }
    tx.prepare('insert into orders (id, item, quantity) values (?, ?, ?)').run(order.id, order.item, order.quantity)
    return created(order)
  },
  duplicates: 'allow',
  idempotency: 'required',
  location: '/orders/{id}',
  openapi: { summary: 'Place an order', representation: orderSchema },
})
