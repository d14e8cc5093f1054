// The two sides of the pipeline benchmark: what a handler does without Createonce, and the same with it.
import { createonce, toFastify } from '@createonce/server/fastify'
import fastify from 'fastify'
import { noteCreation, toNote } from './note.mjs'
import { serve } from './serve.mjs'

/** Fastify as its users write it: parsed by Fastify, answered with 201 and Location; no validation, no key. */
export function bare() {
  const app = fastify()
  app.post('/orders', (request, reply) => {
    const order = toNote(request.body)
    reply.code(201).header('location', `/orders/${order.id}`).send(order)
  })
  return serve(app)
}

/** The whole pipeline around the same work: media type, exact JSON, validation, Location, checked headers. */
export function pipeline() {
  const app = fastify()
  app.register(createonce)
  app.register(async (routes) => {
    routes.post('/orders', toFastify(noteCreation()))
  })
  return serve(app)
}
