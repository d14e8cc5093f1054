import { type OpenApiObject, withCreations } from '@createonce/server/openapi'
import { z } from 'zod'
import { bookInput } from './books.ts'
import type { BookshopCreations } from './creations.ts'
import { orderInput } from './orders.ts'
import { publisherInput } from './publishers.ts'

type Json = OpenApiObject

/** The bookshop's OpenAPI 3.1 document: reads, lists and deletes as they are written here, creations as they are defined. */
export function openapiDocument(creations: BookshopCreations, publicBaseUrl: string | undefined): Json {
  return withCreations(readsAndDeletes(publicBaseUrl), {
    'POST /publishers': creations.publishers,
    'POST /publishers/{publisherId}/books': creations.books,
    'POST /orders': creations.orders,
  })
}

function readsAndDeletes(publicBaseUrl: string | undefined): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bookshop',
      version: '1.0.0',
      description: 'The built-in example of Createonce: three creations, each with another policy.',
    },
    servers: [{ url: publicBaseUrl ?? '/' }],
    paths: {
      '/publishers': { get: list('listPublishers', 'Publisher') },
      '/publishers/{id}': item('Publisher', []),
      '/publishers/{publisherId}/books': {
        parameters: [pathParameter('publisherId')],
        get: list('listBooks', 'Book'),
      },
      '/publishers/{publisherId}/books/{id}': item('Book', ['publisherId']),
      '/orders': { get: list('listOrders', 'Order') },
      '/orders/{id}': item('Order', []),
    },
    components: {
      schemas: {
        Publisher: rowSchema(publisherInput, {}),
        Book: rowSchema(bookInput, { publisherId: { type: 'string', format: 'uuid' } }),
        Order: rowSchema(orderInput, {}),
        Problem: problemSchema,
      },
    },
  }
}

function list(operationId: string, name: string): Json {
  return {
    operationId,
    parameters: [
      { name: 'after', in: 'query', description: 'The id after which the page begins.', schema: { type: 'string' } },
    ],
    responses: {
      200: {
        description: 'The newest first.',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['items'],
              properties: { items: { type: 'array', items: ref(name) }, next: { type: 'string' } },
            },
          },
        },
      },
    },
  }
}

function item(name: string, parents: readonly string[]): Json {
  const missing = {
    description: 'There is nothing here.',
    content: { 'application/problem+json': { schema: ref('Problem') } },
  }
  return {
    parameters: [...parents, 'id'].map(pathParameter),
    get: {
      operationId: `get${name}`,
      responses: { 200: { description: 'It.', content: { 'application/json': { schema: ref(name) } } }, 404: missing },
    },
    delete: { operationId: `delete${name}`, responses: { 204: { description: 'Deleted.' }, 404: missing } },
  }
}

function pathParameter(name: string): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } }
}

function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` }
}

function inputSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return rest as Json
}

/** The schema of what is answered: the input with what the server sets. */
function rowSchema(input: z.ZodType, more: Json): Json {
  const { properties, required = [], ...rest } = inputSchema(input) as { properties: Json; required?: string[] }
  const set = { id: { type: 'string', format: 'uuid' }, ...more, createdAt: { type: 'string', format: 'date-time' } }
  return { ...rest, required: [...Object.keys(set), ...required], properties: { ...set, ...properties } }
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
  },
}
