import { defineCreation, etagOf } from '@createonce/server'
import { inBulk } from '@createonce/server/bulk'
import { toFastify } from '@createonce/server/fastify'
import { jsonSchema } from '@createonce/server/json-schema'
import { failure } from './failure.mjs'
import { listOf, refused, toPage } from './list.mjs'

/** The table; the store makes its own beside it. */
export const productsTable = `create table if not exists products (
  id text primary key,
  sku text not null unique,
  name text not null,
  quantity integer not null
) strict`

const properties = {
  sku: { type: 'string', pattern: '^[A-Z0-9-]{1,40}$', maxLength: 40 },
  name: { type: 'string', minLength: 1, maxLength: 200 },
  quantity: { type: 'integer', minimum: 0, maximum: 1_000_000 },
}
const newProduct = { type: 'object', properties, required: ['sku', 'name', 'quantity'] }
const product = {
  type: 'object',
  properties: { id: { type: 'string', format: 'uuid' }, ...properties },
  required: ['id', 'sku', 'name', 'quantity'],
}

/** `POST /products`. */
function defineCreateProduct(store) {
  return defineCreation({
    operation: 'createProduct',
    store,
    principal: 'anybody', // with authentication: (request) => request.native.user
    input: jsonSchema(newProduct),
    // One row of one table: declared, so that requests that come at once share one write to the disk.
    insert: {
      table: 'products',
      values: ({ sku, name, quantity }, { newId }) => ({ id: newId(), sku, name, quantity }),
    },
    // The unique rule of the table decides; `find` only tells which product it is.
    duplicates: {
      policy: 'reject',
      naturalKey: ['sku'],
      find: ({ sku }, { tx }) => tx.prepare('select * from products where sku = ?').get(sku),
    },
    idempotency: 'optional',
    location: '/products/{id}',
    etag: etagOf,
    openapi: { summary: 'Add a product' },
  })
}

/** The routes of products. */
export function routeProducts(routes, store) {
  const createProduct = defineCreateProduct(store)
  routes.post('/products', toFastify(createProduct))
  // All of an array, or none, in one transaction and under one key.
  routes.post('/products/batch', toFastify(inBulk(createProduct, { operation: 'createProducts', maxItems: 100 })))

  routes.get('/products', { schema: listOf('listProducts', product) }, ({ query: { after = '~', limit } }) => {
    // The ids begin with the time, so that their order is that of creation; '~' sorts behind every id.
    const rows = store.read
      .prepare('select * from products where id < ? order by id desc limit ?')
      .all(after, limit + 1)
    return toPage(rows, { limit, path: '/products', after: ({ id }) => id })
  })

  routes.get(
    '/products/:id',
    { schema: { operationId: 'getProduct', response: { 200: product, ...refused } } },
    (request, reply) => {
      const row = store.read.prepare('select * from products where id = ?').get(request.params.id)
      if (row === undefined) throw failure(404, 'There is no such product.')
      return reply.header('ETag', etagOf(row)).send(row)
    },
  )

  routes.delete(
    '/products/:id',
    {
      schema: {
        operationId: 'deleteProduct',
        response: { 204: { type: 'null', description: 'Deleted.' }, ...refused },
      },
    },
    async (request, reply) => {
      const { changes } = await store.write((tx) =>
        tx.prepare('delete from products where id = ?').run(request.params.id),
      )
      if (Number(changes) === 0) throw failure(404, 'There is no such product.')
      return reply.code(204).send()
    },
  )
}
