import { created, defineCreation, etagOf } from '@createonce/server'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { invoices, lines } from './schema.mjs'

const newInvoice = z.strictObject({
  number: z.string().trim().min(1).max(40),
  lines: z
    .array(z.strictObject({ text: z.string().trim().min(1).max(200), cents: z.int().min(1).max(100_000_000) }))
    .min(1)
    .max(20),
})

/** What is answered for an invoice, by POST, GET and the list alike. */
export const invoice = newInvoice.extend({
  id: z.uuid(),
  totalCents: z.int(),
  createdAt: z.iso.datetime(),
})

/** What is answered for an invoice with its lines. */
export function represent({ id, number, lines, createdAt }) {
  return {
    id,
    number,
    lines: lines.map(({ text, cents }) => ({ text, cents })),
    totalCents: lines.reduce((total, { cents }) => total + cents, 0),
    createdAt: createdAt.toISOString(),
  }
}

/**
 * `POST /invoices`: the invoice, its lines and the memory of the key are committed together, or none of them.
 *
 * @param {import('@createonce/server/postgres').PostgresStore<import('drizzle-orm/node-postgres').NodePgDatabase>} store
 */
export function defineCreateInvoice(store) {
  return defineCreation({
    operation: 'createInvoice',
    store,
    principal: (request) => request.native.get('user'),
    input: newInvoice,
    async create(input, { tx, principal }) {
      const [row] = await tx.insert(invoices).values({ owner: principal, number: input.number }).returning()
      await tx.insert(lines).values(input.lines.map((line, position) => ({ invoiceId: row.id, position, ...line })))
      return created({ ...row, lines: input.lines })
    },
    // The unique rule of the table decides; `find` only tells which invoice it is.
    duplicates: {
      policy: 'reject',
      naturalKey: ['number'],
      async find({ number }, { tx, principal }) {
        const [row] = await tx
          .select()
          .from(invoices)
          .where(and(eq(invoices.owner, principal), eq(invoices.number, number)))
        return row
      },
    },
    idempotency: 'required',
    location: '/invoices/{id}',
    represent,
    etag: etagOf,
    openapi: { summary: 'Write an invoice', private: true },
  })
}
