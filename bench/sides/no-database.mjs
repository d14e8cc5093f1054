// Handlers that keep nothing.
import fastify from 'fastify'
import { answer, toOrder } from './order.mjs'
import { serve } from './serve.mjs'

/** Makes an order of each request and answers it. */
export function bare() {
  const app = fastify()
  app.post('/orders', (request, reply) => answer(reply, toOrder(request.body)))
  return serve(app)
}

/** Answers the same 201 always. */
export function constant() {
  const app = fastify()
  const order = toOrder({ item: 'tea', quantity: 2 }, 'constant')
  app.post('/orders', (_request, reply) => answer(reply, order))
  return serve(app)
}
