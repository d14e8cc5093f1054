// What all sides create.
import { randomUUID } from 'node:crypto'

export const ORDER_COLUMNS = 'id, item, quantity, shop, code, created_at'

/** The row of a request's body. */
export function toOrder(given, id = randomUUID()) {
  return {
    id,
    item: given.item,
    quantity: given.quantity,
    shop: given.shop ?? null,
    code: given.code ?? null,
    created_at: new Date().toISOString(),
  }
}

/** Its values in the order of the columns. */
export function valuesOf(order) {
  return [order.id, order.item, order.quantity, order.shop, order.code, order.created_at]
}

/** 201 with Location, as an author writes it without the library. */
export function answer(reply, order) {
  return reply.code(201).header('location', `/orders/${order.id}`).send(order)
}
