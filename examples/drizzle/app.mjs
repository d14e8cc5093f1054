import { STATUS_CODES } from 'node:http'
import { problemPage } from '@createonce/server'
import { withCreations } from '@createonce/server/openapi'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { generateSpecs } from 'hono-openapi'
import { authenticate } from './authenticate.mjs'
import { defineCreateInvoice } from './create-invoice.mjs'
import { routeInvoices } from './invoices.mjs'

/** The application, over a Drizzle for reads and the store whose transactions create. */
export async function createApp(db, store) {
  const createInvoice = defineCreateInvoice(store)
  const app = new Hono()
  app.notFound((c) => problem(c, 404, 'There is nothing here.'))
  app.onError((error, c) => {
    if (error instanceof HTTPException) return problem(c, error.status, error.message)
    console.error(error)
    return problem(c, 500, 'Something is wrong on our side.')
  })

  app.get('/problems/:code', (c) => {
    const { status, headers, body } = problemPage(c.req.param('code'), c.req.header('Accept'))
    return c.body(body ?? null, status, headers)
  })
  app.use('/invoices/*', authenticate)
  routeInvoices(app, db, createInvoice)

  // hono-openapi collects what the routes say of themselves; the creation comes from its definition.
  const documentation = {
    info: { title: 'Invoices', version: '1.0.0' },
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  }
  const document = withCreations(await generateSpecs(app, { documentation }), { 'POST /invoices': createInvoice })
  return app.get('/openapi.json', (c) => c.json(document))
}

/** Answers with an RFC 9457 problem that has no type of its own. */
function problem(c, status, detail) {
  const body = JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail })
  return c.body(body, status, { 'Content-Type': 'application/problem+json' })
}
