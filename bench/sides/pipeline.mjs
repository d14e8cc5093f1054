// The two sides of the pipeline benchmark: what a handler does without Createonce, and the same with it.

import { created, defineCreation } from '@createonce/server'
import { createonce, toFastify } from '@createonce/server/fastify'
import fastify from 'fastify'
import { z } from 'zod'
import { serve } from './serve.mjs'

const input = z.strictObject({ item: z.string(), quantity: z.int(), note: z.string().optional() })

/** Runs the work and remembers nothing: what is left is the pipeline alone. */
const noStore = {
  name: 'none',
  async once(_claim, work) {
    const { result } = await work({ tx: undefined, attempt: async (step) => ({ kind: 'done', value: await step() }) })
    return { kind: 'executed', result }
  },
  purge: async () => 0,
  close: async () => {},
}

let serial = 0

/** Fastify as its users write it: parsed by Fastify, answered with 201 and Location; no validation, no key. */
export function bare() {
  const app = fastify()
  app.post('/orders', (request, reply) => {
    const order = { id: ++serial, ...request.body }
    reply.code(201).header('location', `/orders/${order.id}`).send(order)
  })
  return serve(app)
}

/** The whole pipeline around the same work: media type, exact JSON, validation, Location, checked headers. */
export function pipeline() {
  const app = fastify()
  app.register(createonce)
  app.register(async (routes) => {
    routes.post('/orders', toFastify(creation()))
  })
  return serve(app)
}

function creation() {
  return defineCreation({
    operation: 'createOrder',
    store: noStore,
    principal: 'anybody',
    input,
    create: (order) => created({ id: ++serial, ...order }),
    duplicates: 'allow',
    idempotency: 'optional',
    location: '/orders/{id}',
  })
}
