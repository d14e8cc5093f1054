import { created, etagOf } from '@createonce/server'
import { toFastify } from '@createonce/server/fastify'
import { jsonSchema } from '@createonce/server/json-schema'
import { definePut, replaced } from '@createonce/server/put'
import { failure } from './failure.mjs'
import { listOf, refused, toPage } from './list.mjs'

/** The table; the store makes its own beside it. */
export const labelsTable = `create table if not exists labels (
  name text primary key,
  text text not null
) strict`

const label = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9-]{1,40}$', maxLength: 40 },
    text: { type: 'string', minLength: 1, maxLength: 200 },
  },
  required: ['name', 'text'],
}

function find(db, name) {
  return db.prepare('select name, text from labels where name = ?').get(name)
}

/** `PUT /labels/{name}`: the client chooses the name, and `If-None-Match: *` says that it means a new label. */
function definePutLabel(store) {
  return definePut({
    operation: 'putLabel',
    name: 'name',
    store,
    principal: 'anybody',
    input: jsonSchema(label),
    create({ name, text }, { tx }) {
      tx.prepare('insert into labels (name, text) values (?, ?)').run(name, text)
      return created({ name, text })
    },
    find: (name, { tx }) => find(tx, name),
    replace({ name }, { text }, { tx }) {
      tx.prepare('update labels set text = ? where name = ?').run(text, name)
      return replaced({ name, text })
    },
    // Nobody overwrites what they have not seen: a PUT without a condition is 428.
    condition: 'required',
    duplicates: 'allow',
    idempotency: 'optional',
    location: '/labels/{name}',
    etag: etagOf,
    openapi: { summary: 'Write a label' },
  })
}

/** The routes of labels. */
export function routeLabels(routes, store) {
  routes.put('/labels/:name', toFastify(definePutLabel(store)))

  routes.get('/labels', { schema: listOf('listLabels', label) }, ({ query: { after = '', limit } }) => {
    const rows = store.read
      .prepare('select name, text from labels where name > ? order by name limit ?')
      .all(after, limit + 1)
    return toPage(rows, { limit, path: '/labels', after: ({ name }) => name })
  })

  routes.get(
    '/labels/:name',
    { schema: { operationId: 'getLabel', response: { 200: label, ...refused } } },
    (request, reply) => {
      const row = find(store.read, request.params.name)
      if (row === undefined) throw failure(404, 'There is no such label.')
      return reply.header('ETag', etagOf(row)).send(row)
    },
  )

  routes.delete(
    '/labels/:name',
    {
      schema: { operationId: 'deleteLabel', response: { 204: { type: 'null', description: 'Deleted.' }, ...refused } },
    },
    async (request, reply) => {
      const { changes } = await store.write((tx) =>
        tx.prepare('delete from labels where name = ?').run(request.params.name),
      )
      if (Number(changes) === 0) throw failure(404, 'There is no such label.')
      return reply.code(204).send()
    },
  )
}
