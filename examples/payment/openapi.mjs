import { withCreations } from '@createonce/server/openapi'
import { z } from 'zod'
import { payment } from './create-payment.mjs'

/** The OpenAPI document: reads as they are written here, the creation as it is defined. */
export function describeApi({ createPayment }) {
  return withCreations(written, { 'POST /payments': createPayment })
}

const problem = (description) => ({
  description,
  content: { 'application/problem+json': { schema: { type: 'object' } } },
})
const json = (description, schema) => ({ description, content: { 'application/json': { schema } } })
const aPayment = { $ref: '#/components/schemas/Payment' }
const unauthorized = problem('The bearer token is missing or unknown.')

const written = {
  openapi: '3.1.0',
  info: { title: 'Payments', version: '1.0.0' },
  security: [{ token: [] }],
  paths: {
    '/payments': {
      post: { responses: { 401: unauthorized } },
      get: {
        operationId: 'listPayments',
        parameters: [
          { name: 'skip', in: 'query', schema: { type: 'integer', minimum: 0, default: 0 } },
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
        ],
        responses: {
          200: json('The newest first; `next` is where the next page is.', {
            type: 'object',
            required: ['items'],
            properties: { items: { type: 'array', items: aPayment }, next: { type: 'string' } },
          }),
          400: problem('The query is not valid.'),
          401: unauthorized,
        },
      },
    },
    '/payments/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        operationId: 'getPayment',
        responses: { 200: json('It.', aPayment), 401: unauthorized, 404: problem('There is no such payment.') },
      },
    },
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: { Payment: z.toJSONSchema(payment) },
  },
}
