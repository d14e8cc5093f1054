import { randomUUID } from 'node:crypto'
import { type Creation, created, defineCreation } from '@createonce/server'
import type { SqliteRow } from '@createonce/server/sqlite'
import { z } from 'zod'
import type { Service } from './service.ts'
import { line } from './text.ts'

/** What a client sends to create a publisher. */
export const publisherInput = z.strictObject({
  name: line(200).meta({ examples: ['Virago'] }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is no ISO 3166 code of two letters')
    .meta({ examples: ['GB'] })
    .optional(),
})

/** A publisher as GET answers it. */
export interface Publisher {
  readonly id: string
  readonly name: string
  readonly country?: string | undefined
  readonly createdAt: string
}

/** Publishers: the name is the natural key, a second one is refused, the key is optional. */
export function createPublisher({ store, ...service }: Service): Creation {
  return defineCreation({
    ...service,
    operation: 'createPublisher',
    store,
    principal: 'anybody',
    input: publisherInput,
    create(input, { tx }) {
      const publisher = { id: randomUUID(), ...input, createdAt: new Date().toISOString() }
      tx.prepare('insert into publisher (id, name, country, created_at) values (?, ?, ?, ?)').run(
        publisher.id,
        publisher.name,
        publisher.country ?? null,
        publisher.createdAt,
      )
      return created<Publisher>(publisher)
    },
    duplicates: {
      policy: 'reject',
      naturalKey: ['name'],
      find: ({ name }, { tx }) => toPublisher(tx.prepare('select * from publisher where name = ?').get(name)),
    },
    idempotency: 'optional',
    location: '/publishers/{id}',
    openapi: { summary: 'Create a publisher' },
  })
}

/** The row of a publisher as its representation. */
export function toPublisher(row: SqliteRow): Publisher
export function toPublisher(row: SqliteRow | undefined): Publisher | undefined
export function toPublisher(row: SqliteRow | undefined): Publisher | undefined {
  if (row === undefined) return undefined
  const { id, name, country, created_at: createdAt } = row as Record<string, string>
  return { id: id!, name: name!, ...(country !== null && { country: country! }), createdAt: createdAt! }
}
