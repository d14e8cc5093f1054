import type { SqliteRow, SqliteStore } from '@createonce/server/sqlite'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** A table whose rows can be read, listed and deleted. */
export interface Resource {
  readonly table: string
  /** The route of the collection, e.g. `/publishers/:publisherId/books`. */
  readonly collection: string
  /** The column that the path parameter of a parent selects by. */
  readonly parent?: { readonly parameter: string; readonly column: string }
  readonly toBody: (row: SqliteRow) => unknown
}

// A page that a person can read and a client can take in one go.
const PAGE = 50

/** Adds GET of one, GET of the list (newest first, `?after=` an id) and DELETE. */
export function addResource(app: FastifyInstance, store: SqliteStore, resource: Resource): void {
  const { table, collection, parent, toBody } = resource
  const scope = parent === undefined ? '1 = 1' : `${parent.column} = ?`
  const scopeOf = (request: FastifyRequest): string[] =>
    parent === undefined ? [] : [(request.params as Record<string, string>)[parent.parameter]!]
  const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id

  app.get(`${collection}/:id`, (request, reply) => {
    const row = store.read
      .prepare(`select * from "${table}" where ${scope} and id = ?`)
      .get(...scopeOf(request), idOf(request))
    return row === undefined ? notFound(request, reply) : toBody(row)
  })

  app.get(collection, (request) => {
    const { after } = request.query as { after?: string }
    const start = after === undefined ? Number.MAX_SAFE_INTEGER : rowidOf(after)
    const rows = store.read
      .prepare(`select * from "${table}" where ${scope} and rowid < ? order by rowid desc limit ${PAGE + 1}`)
      .all(...scopeOf(request), start)
    const items = rows.slice(0, PAGE)
    const last = items.at(-1)
    const path = request.originalUrl.split('?')[0]
    return {
      items: items.map(toBody),
      ...(rows.length > PAGE && { next: `${path}?after=${encodeURIComponent(String(last!['id']))}` }),
    }
  })

  app.delete(`${collection}/:id`, async (request, reply) => {
    const { changes } = await store.write((tx) =>
      tx.prepare(`delete from "${table}" where ${scope} and id = ?`).run(...scopeOf(request), idOf(request)),
    )
    return Number(changes) === 0 ? notFound(request, reply) : reply.code(204).send()
  })

  function rowidOf(id: string): number {
    const row = store.read.prepare(`select rowid as rowid from "${table}" where id = ?`).get(id)
    return row === undefined ? 0 : Number(row['rowid'])
  }
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: 'There is nothing here.',
        requestId: request.id,
      }),
    )
}
