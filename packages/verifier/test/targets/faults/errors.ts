import { type Fault, fault, onAnswer } from './fault.ts'

const detail = (text: string) =>
  onAnswer('refused', (reply, { code }) =>
    code === 'invalid-input' ? { ...reply, body: { ...(reply.body as object), detail: text } } : reply,
  )
const any = (change: (body: object, status: number) => unknown, type?: string) =>
  onAnswer('refused', (reply) => ({
    ...reply,
    headers:
      type === undefined
        ? reply.headers
        : [...reply.headers.filter(([name]) => name !== 'Content-Type'), ['Content-Type', type]],
    body: change(reply.body as object, reply.status),
  }))

/** What services get wrong about errors. */
export const errorFaults: readonly Fault[] = [
  fault(
    'a stack trace of Node',
    'errors-no-internals',
    'uuids, whole Fastify',
    detail('TypeError: x\n    at create (file:///srv/shop/routes/products.js:17:9)'),
  ),
  fault(
    'a stack trace of Python',
    'errors-no-internals',
    'plain',
    detail('Traceback (most recent call last):\n  File "/app/views.py", line 12, in create'),
  ),
  fault(
    'a stack trace of Java',
    'errors-no-internals',
    'data envelope',
    detail('java.lang.NullPointerException\n\tat com.shop.Products.create(Products.java:42)'),
  ),
  fault(
    'the message of SQLite',
    'errors-no-internals',
    'plain',
    detail('NOT NULL constraint failed: products.title; SQLITE_CONSTRAINT_NOTNULL'),
  ),
  fault(
    'the message of PostgreSQL',
    'errors-no-internals',
    'uuids',
    onAnswer('refused', (reply, { code }) =>
      code === 'duplicate'
        ? {
            ...reply,
            body: {
              ...(reply.body as object),
              cause: 'duplicate key value violates unique constraint "products_code_key"',
            },
          }
        : reply,
    ),
  ),
  fault(
    'the statement',
    'errors-no-internals',
    'plain',
    detail('INSERT INTO products (code, title) VALUES ($1, $2) failed'),
  ),
  fault(
    'a path of the server',
    'errors-no-internals',
    'uuids',
    detail('cannot load /usr/src/app/schemas/product.json'),
  ),
  fault(
    'another status in the problem',
    'problem-details-valid',
    'uuids, plain',
    any((body) => ({ ...body, status: 500 })),
  ),
  fault(
    'a status that is text',
    'problem-details-valid',
    'plain',
    any((body, status) => ({ ...body, status: String(status) })),
  ),
  fault(
    'a title that is an object',
    'problem-details-valid',
    'uuids',
    any((body) => ({ ...body, title: { en: 'error' } })),
  ),
  fault(
    'a problem that is no JSON',
    'problem-details-valid',
    'plain',
    any(() => 'Bad Request'),
    'conflict-409-explains validation-lists-all-errors',
  ),
  fault(
    'pages for errors',
    'problem-details-valid',
    'uuids, whole Fastify',
    any((_, status) => `<!doctype html><h1>${status}</h1>`, 'text/html'),
    'conflict-409-explains validation-lists-all-errors doc-errors-declared',
  ),
]
