import { STATUS_CODES } from 'node:http'
import { createonce, problemPages } from '@createonce/server/fastify'
import { withFastifyCreations } from '@createonce/server/openapi'
import swagger from '@fastify/swagger'
import fastify from 'fastify'
import { routeLabels } from './labels.mjs'
import { routeProducts } from './products.mjs'

/** The application, over the store of rows and keys. */
export function createApp(store) {
  const app = fastify()
  app.setNotFoundHandler((_request, reply) => problem(reply, 404, 'There is nothing here.'))
  app.setErrorHandler((error, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return problem(reply, status, error.message)
    console.error(error)
    return problem(reply, 500, 'Something is wrong on our side.')
  })

  app.register(createonce)
  app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Stock', version: '1.0.0' } },
    transformObject: withFastifyCreations(app), // this line adds the creations
  })
  // Routes in a register of their own come behind the plugins.
  app.register(async (routes) => {
    routes.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
    routes.get('/problems/:code', { schema: { hide: true } }, problemPages)
    routeProducts(routes, store)
    routeLabels(routes, store)
  })
  return app
}

/** Answers with an RFC 9457 problem that has no type of its own. */
function problem(reply, status, detail) {
  const body = { type: 'about:blank', title: STATUS_CODES[status], status, detail }
  return reply.code(status).type('application/problem+json').send(JSON.stringify(body))
}
