import { STATUS_CODES } from 'node:http'
import { problemPage } from '@createonce/server'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { openAPIRouteHandler } from 'hono-openapi'
import { authenticate } from './authenticate.mjs'
import { routeContacts } from './contacts.mjs'

/** The application, over the store of contacts and keys. */
export function createApp(store) {
  const app = new Hono()
  app.notFound((c) => problem(c, 404, 'There is nothing here.'))
  app.onError((error, c) => {
    if (error instanceof HTTPException) return problem(c, error.status, error.message)
    console.error(error)
    return problem(c, 500, 'Something is wrong on our side.')
  })

  app.get('/problems/:code', (c) => {
    const { status, headers, body } = problemPage(c.req.param('code'), c.req.header('Accept'))
    return c.body(body, status, headers)
  })
  app.use('/contacts/*', authenticate)
  routeContacts(app, store)

  // hono-openapi collects what the routes say of themselves; a creation says it by toOperation().
  const documentation = {
    info: { title: 'Contacts', version: '1.0.0' },
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  }
  return app.get('/openapi.json', openAPIRouteHandler(app, { documentation }))
}

/** Answers with an RFC 9457 problem that has no type of its own. */
function problem(c, status, detail) {
  const body = JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail })
  return c.body(body, status, { 'Content-Type': 'application/problem+json' })
}
