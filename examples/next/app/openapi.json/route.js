import { withCreations } from '@createonce/server/openapi'
import { z } from 'zod'
import { createOrder, orderSchema } from '../../create-order'

const json = (schema) => ({ 'application/json': { schema } })
const document = withCreations(
  {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1.0.0' },
    paths: {
      '/orders': {
        get: {
          operationId: 'listOrders',
          responses: {
            200: {
              description: 'All orders.',
              content: json({
                type: 'object',
                required: ['orders'],
                properties: { orders: { type: 'array', items: z.toJSONSchema(orderSchema) } },
              }),
            },
          },
        },
      },
      '/orders/{id}': {
        get: {
          operationId: 'readOrder',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {
            200: { description: 'The order.', content: json(z.toJSONSchema(orderSchema)) },
            404: { description: 'There is no such order.' },
          },
        },
      },
    },
  },
  { 'POST /orders': createOrder },
)

export const GET = () => Response.json(document)
