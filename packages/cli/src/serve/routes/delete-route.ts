import { etagOf } from '@createonce/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { catalogued, notFound, type Problem, sendProblem } from '../problem.ts'
import { refuseQuery } from '../query/refuse-query.ts'
import { toMade } from './made.ts'
import { addressOf, type Mounted } from './mounted.ts'
import { isMatchFailed } from './preconditions.ts'
import { queryOf } from './query-of.ts'

/** How a deletion is answered: without content, or with what the document declares. */
export interface DeleteAnswer {
  readonly status: 200 | 204
  readonly showRead: Mounted['show']
}

/** DELETE of one, with what lies below it. */
export function deleteRoute(mounted: Mounted, { status, showRead }: DeleteAnswer) {
  const { service, operation, resource, show } = mounted
  const { rows } = service
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const refused = refuseQuery(queryOf(request, service), operation)
    if (refused !== undefined) return sendProblem(reply, refused)
    const { place, id } = addressOf(mounted, request)
    const done = await rows.write(async (tx): Promise<Problem | { readonly body: unknown }> => {
      const row = await rows.find(tx, resource.table, place, id)
      if (row === undefined) return notFound(resource.noun)
      const made = toMade(resource, place, row)
      if (isMatchFailed(request.headers['if-match'], etagOf(showRead(made))))
        return catalogued('precondition-failed', 'If-Match names another state. Nothing was deleted.')
      await rows.remove(tx, resource.table, place, id)
      return { body: status === 204 ? undefined : show(made) }
    })
    if ('status' in done) return sendProblem(reply, done)
    if (status === 204) return reply.code(204).send()
    return reply.code(200).type('application/json').send(JSON.stringify(done.body))
  }
}
