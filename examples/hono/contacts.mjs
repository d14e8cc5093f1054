import { etagOf } from '@createonce/server'
import { otherMethods, toHono } from '@createonce/server/hono'
import { toOperation } from '@createonce/server/openapi'
import { HTTPException } from 'hono/http-exception'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { defineCreateContact, represent } from './create-contact.mjs'
import { listed, read, removed } from './describe.mjs'

/** The table; the store makes its own beside it. */
export const table = `create table if not exists contacts (
  position integer primary key,
  id text not null unique,
  owner text not null,
  name text not null,
  email text not null,
  unique (owner, email)
) strict`

const integer = (...checks) => v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), ...checks)
const pageQuery = v.object({
  after: v.optional(integer(), '999999999999999'),
  limit: v.optional(integer(v.minValue(1), v.maxValue(100)), '50'),
})

/** The routes of contacts. Nobody sees, or deletes, those of another caller. */
export function routeContacts(app, store) {
  const createContact = defineCreateContact(store)
  app.post('/contacts', describeRoute(toOperation(createContact)), toHono(createContact))

  app.get('/contacts', describeRoute(listed), (c) => {
    const query = v.safeParse(pageQuery, c.req.query())
    if (!query.success) throw new HTTPException(400, { message: v.summarize(query.issues) })
    const { after, limit } = query.output
    // One row more than fits tells whether there is a next page.
    const rows = store.read
      .prepare('select * from contacts where owner = ? and position < ? order by position desc limit ?')
      .all(c.get('user'), after, limit + 1)
    const page = rows.slice(0, limit)
    return c.json({
      items: page.map(represent),
      ...(rows.length > limit && { next: `/contacts?after=${page.at(-1).position}&limit=${limit}` }),
    })
  })

  app.get('/contacts/:id', describeRoute(read), (c) => {
    const row = store.read
      .prepare('select * from contacts where id = ? and owner = ?')
      .get(c.req.param('id'), c.get('user'))
    if (row === undefined) throw missing()
    const representation = represent(row)
    return c.json(representation, 200, { ETag: etagOf(representation) })
  })

  app.delete('/contacts/:id', describeRoute(removed), async (c) => {
    const { changes } = await store.write((tx) =>
      tx.prepare('delete from contacts where id = ? and owner = ?').run(c.req.param('id'), c.get('user')),
    )
    if (Number(changes) === 0) throw missing()
    return c.body(null, 204)
  })

  app.all('/contacts', otherMethods(createContact, 'GET'))
}

function missing() {
  return new HTTPException(404, { message: 'There is no such contact.' })
}
