import { withCreations } from '@createonce/server/openapi'
import { z } from 'zod'
import { customer } from './customers.mjs'
import { order } from './orders.mjs'

/** The OpenAPI document: reads, lists and deletes as they are written here, creations as they are defined. */
export function describeApi({ createCustomer, createOrder }) {
  return withCreations(written, {
    'POST /customers': createCustomer,
    'POST /customers/{customerId}/orders': createOrder,
  })
}

const problem = (description) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})
const unauthorized = problem('The bearer token is missing or unknown.')
const missing = problem('There is nothing here.')

const written = {
  openapi: '3.1.0',
  info: { title: 'Customers and their orders', version: '1.0.0' },
  security: [{ token: [] }],
  paths: {
    '/customers': {
      get: list('listCustomers', 'Customer'),
      post: { responses: { 401: unauthorized } },
    },
    '/customers/{customerId}': {
      parameters: [id('customerId')],
      get: read('getCustomer', 'Customer'),
      delete: remove('deleteCustomer'),
    },
    '/customers/{customerId}/orders': {
      parameters: [id('customerId')],
      get: list('listOrders', 'Order'),
      post: { responses: { 401: unauthorized } },
    },
    '/customers/{customerId}/orders/{orderId}': {
      parameters: [id('customerId'), id('orderId')],
      get: read('getOrder', 'Order'),
      delete: remove('deleteOrder'),
    },
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Customer: z.toJSONSchema(customer),
      Order: z.toJSONSchema(order),
      Problem: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
        },
      },
    },
  },
}

function id(name) {
  return { name, in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
}

function json(description, schema) {
  return { description, content: { 'application/json': { schema } } }
}

function read(operationId, name) {
  const found = json('It.', { $ref: `#/components/schemas/${name}` })
  return { operationId, responses: { 200: found, 401: unauthorized, 404: missing } }
}

function remove(operationId) {
  return { operationId, responses: { 204: { description: 'Deleted.' }, 401: unauthorized, 404: missing } }
}

function list(operationId, name) {
  const page = {
    type: 'object',
    required: ['items'],
    properties: {
      items: { type: 'array', items: { $ref: `#/components/schemas/${name}` } },
      next: { type: 'string', description: 'Where the next page is, unless this is the last one.' },
    },
  }
  return {
    operationId,
    parameters: [
      {
        name: 'after',
        in: 'query',
        description: 'The id after which the page begins.',
        schema: { type: 'string', format: 'uuid' },
      },
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
    ],
    responses: {
      200: json('The newest first.', page),
      400: problem('The query is not valid.'),
      401: unauthorized,
    },
  }
}
