import { randomUUID } from 'node:crypto'
import { type Creation, created, defineCreation, parentNotFound } from '@createonce/server'
import type { SqliteRow } from '@createonce/server/sqlite'
import { z } from 'zod'
import type { Service } from './service.ts'
import { line } from './text.ts'

/** What a client sends to create a book. */
export const bookInput = z.strictObject({
  isbn: z
    .string()
    .regex(/^97[89][0-9]{10}$/, 'is no ISBN-13: 978 or 979 and ten digits')
    .meta({ examples: ['9780141439549'] }),
  title: line(300).meta({ examples: ['Middlemarch'] }),
  pages: z.int().min(1).max(100_000).optional(),
  price: z
    .string()
    .regex(/^[0-9]{1,7}\.[0-9]{2}$/, 'is no amount such as "12.50"')
    .meta({ examples: ['12.50'] })
    .optional(),
})

/** A book as GET answers it. */
export interface Book {
  readonly id: string
  readonly publisherId: string
  readonly isbn: string
  readonly title: string
  readonly pages?: number | undefined
  readonly price?: string | undefined
  readonly createdAt: string
}

/** Books below a publisher: the ISBN is the natural key, a second one answers the existing book. */
export function createBook({ store, ...service }: Service): Creation {
  return defineCreation({
    ...service,
    operation: 'createBook',
    store,
    principal: 'anybody',
    input: bookInput,
    create(input, { tx, params }) {
      const publisherId = params['publisherId']!
      if (tx.prepare('select 1 as found from publisher where id = ?').get(publisherId) === undefined) {
        return parentNotFound('There is no such publisher.')
      }
      const book = { id: randomUUID(), publisherId, ...input, createdAt: new Date().toISOString() }
      tx.prepare(
        'insert into book (id, publisher_id, isbn, title, pages, price, created_at) values (?, ?, ?, ?, ?, ?, ?)',
      ).run(book.id, publisherId, book.isbn, book.title, book.pages ?? null, book.price ?? null, book.createdAt)
      return created<Book>(book)
    },
    duplicates: {
      policy: 'return-existing',
      naturalKey: ['isbn'],
      find: ({ isbn }, { tx, params }) =>
        toBook(tx.prepare('select * from book where publisher_id = ? and isbn = ?').get(params['publisherId']!, isbn)),
    },
    idempotency: 'optional',
    location: '/publishers/{publisherId}/books/{id}',
    openapi: { summary: 'Create a book of a publisher' },
  })
}

/** The row of a book as its representation. */
export function toBook(row: SqliteRow): Book
export function toBook(row: SqliteRow | undefined): Book | undefined
export function toBook(row: SqliteRow | undefined): Book | undefined {
  if (row === undefined) return undefined
  const { id, publisher_id, isbn, title, pages, price, created_at } = row
  return {
    id: String(id),
    publisherId: String(publisher_id),
    isbn: String(isbn),
    title: String(title),
    ...(pages !== null && { pages: Number(pages) }),
    ...(price !== null && { price: String(price) }),
    createdAt: String(created_at),
  }
}
