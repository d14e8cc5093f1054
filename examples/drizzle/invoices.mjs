import { etagOf } from '@createonce/server'
import { otherMethods, toHono } from '@createonce/server/hono'
import { and, asc, desc, eq, lt } from 'drizzle-orm'
import { HTTPException } from 'hono/http-exception'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { invoice, represent } from './create-invoice.mjs'
import { invoices, lines } from './schema.mjs'

const withLines = { lines: { orderBy: asc(lines.position) } }
const pageQuery = z.object({
  after: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** The routes of invoices. */
export function routeInvoices(app, db, createInvoice) {
  app.post('/invoices', describeRoute({ responses: { 401: unauthorized } }), toHono(createInvoice))

  app.get('/invoices', describeRoute(listed), async (c) => {
    const query = pageQuery.safeParse(c.req.query())
    if (!query.success) throw new HTTPException(400, { message: z.prettifyError(query.error) })
    const { after, limit } = query.data
    const rows = await db.query.invoices.findMany({
      where: and(eq(invoices.owner, c.get('user')), after === undefined ? undefined : lt(invoices.position, after)),
      with: withLines,
      orderBy: desc(invoices.position),
      limit: limit + 1, // one more than fits tells whether there is a next page
    })
    const page = rows.slice(0, limit)
    return c.json({
      items: page.map(represent),
      ...(rows.length > limit && { next: `/invoices?after=${page.at(-1).position}&limit=${limit}` }),
    })
  })

  app.get('/invoices/:id', describeRoute(read), async (c) => {
    const row = await db.query.invoices.findFirst({ where: isTheirs(c), with: withLines })
    if (row === undefined) throw missing()
    const representation = represent(row)
    return c.json(representation, 200, { ETag: etagOf(representation) })
  })

  app.delete('/invoices/:id', describeRoute(removed), async (c) => {
    const rows = await db.delete(invoices).where(isTheirs(c)).returning({ id: invoices.id })
    if (rows.length === 0) throw missing()
    return c.body(null, 204)
  })

  app.all('/invoices', otherMethods(createInvoice, 'GET'))
}

/** The invoice of the path, if it is the caller's. */
function isTheirs(c) {
  const id = z.uuid().safeParse(c.req.param('id'))
  if (!id.success) throw missing()
  return and(eq(invoices.id, id.data), eq(invoices.owner, c.get('user')))
}

function missing() {
  return new HTTPException(404, { message: 'There is no such invoice.' })
}

// What the document says of the routes beside the creation.
const json = (description, schema) => ({ description, content: { 'application/json': { schema } } })
const problem = (description) => ({
  description,
  content: { 'application/problem+json': { schema: { type: 'object' } } },
})
const unauthorized = problem('The bearer token is missing or unknown.')
const notFound = problem('There is no such invoice.')
const read = {
  operationId: 'getInvoice',
  responses: { 200: json('It.', z.toJSONSchema(invoice)), 401: unauthorized, 404: notFound },
}
const removed = {
  operationId: 'deleteInvoice',
  responses: { 204: { description: 'Deleted.' }, 401: unauthorized, 404: notFound },
}
const listed = {
  operationId: 'listInvoices',
  parameters: [
    { name: 'after', in: 'query', schema: { type: 'integer' } },
    { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
  ],
  responses: {
    200: json(
      'The newest first; `next` is where the next page is.',
      z.toJSONSchema(z.object({ items: z.array(invoice), next: z.string().optional() }), { io: 'input' }),
    ),
    400: problem('The query is not valid.'),
    401: unauthorized,
  },
}
