import { STATUS_CODES } from 'node:http'
import { createonce, problemPages } from '@createonce/server/fastify'
import { withFastifyCreations } from '@createonce/server/openapi'
import swagger from '@fastify/swagger'
import fastify from 'fastify'
import { routeAccounts } from './accounts.mjs'
import { authenticate } from './authenticate.mjs'
import { routeDeposits } from './deposits.mjs'

/** The application, over a Kysely for reads and the store whose transactions create. */
export function createApp({ db, store }) {
  const app = fastify()
  app.setNotFoundHandler((_request, reply) => problem(reply, 404, 'There is nothing here.'))
  app.setErrorHandler((error, _request, reply) => {
    // A path with an id that is none leads nowhere.
    if (error.validationContext === 'params') return problem(reply, 404, 'There is nothing here.')
    const status = error.statusCode ?? 500
    if (status < 500) return problem(reply, status, error.message)
    console.error(error)
    return problem(reply, 500, 'Something is wrong on our side.')
  })

  app.register(createonce)
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Accounts and deposits', version: '1.0.0' },
      security: [{ token: [] }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transformObject: withFastifyCreations(app),
  })
  app.register(async (open) => {
    open.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
    open.get('/problems/:code', { schema: { hide: true } }, problemPages)
  })
  app.register(async (routes) => {
    routes.decorateRequest('user', '')
    routes.addHook('onRequest', authenticate)
    routeAccounts(routes, { db, store })
    routeDeposits(routes, { db, store })
  })
  return app
}

/** Answers with an RFC 9457 problem that has no type of its own. */
function problem(reply, status, detail) {
  const body = { type: 'about:blank', title: STATUS_CODES[status], status, detail }
  return reply.code(status).type('application/problem+json').send(JSON.stringify(body))
}
