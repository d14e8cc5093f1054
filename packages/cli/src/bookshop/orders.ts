import { randomUUID } from 'node:crypto'
import { type Creation, created, defineCreation } from '@createonce/server'
import type { SqliteRow } from '@createonce/server/sqlite'
import { z } from 'zod'
import type { Service } from './service.ts'
import { line } from './text.ts'

/** What a client sends to order. */
export const orderInput = z.strictObject({
  email: z
    .email()
    .max(254)
    .meta({ examples: ['ada@example.org'] }),
  lines: z
    .array(
      z.strictObject({ title: line(300).meta({ examples: ['Middlemarch'] }), quantity: z.int().min(1).max(1_000) }),
    )
    .min(1)
    .max(50),
  note: line(1_000)
    .meta({ examples: ['Leave it with the neighbours.'] })
    .optional(),
})

/** An order as GET answers it. */
export interface Order extends z.infer<typeof orderInput> {
  readonly id: string
  readonly createdAt: string
}

/** Orders: the same order twice is two orders, so a key is required. */
export function createOrder({ store, ...service }: Service): Creation {
  return defineCreation({
    ...service,
    operation: 'createOrder',
    store,
    principal: 'anybody',
    input: orderInput,
    create(input, { tx }) {
      const order = { id: randomUUID(), ...input, createdAt: new Date().toISOString() }
      tx.prepare('insert into "order" (id, email, lines, note, created_at) values (?, ?, ?, ?, ?)').run(
        order.id,
        order.email,
        JSON.stringify(order.lines),
        order.note ?? null,
        order.createdAt,
      )
      return created<Order>(order)
    },
    duplicates: 'allow',
    idempotency: 'required',
    location: '/orders/{id}',
    openapi: { summary: 'Order books' },
  })
}

/** The row of an order as its representation. */
export function toOrder(row: SqliteRow): Order {
  const { id, email, lines, note, created_at } = row
  return {
    id: String(id),
    email: String(email),
    lines: JSON.parse(String(lines)) as Order['lines'],
    ...(note !== null && { note: String(note) }),
    createdAt: String(created_at),
  }
}
