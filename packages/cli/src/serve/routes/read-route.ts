import { etagOf } from '@createonce/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { notFound, type Problem, sendProblem } from '../problem.ts'
import { refuseQuery } from '../query/refuse-query.ts'
import { toMade } from './made.ts'
import { addressOf, type Mounted } from './mounted.ts'
import { isNoneMatch } from './preconditions.ts'
import { queryOf } from './query-of.ts'

/** GET of one: what is there, with its ETag; 304 where the client has it; 404, or `missing`, where nothing is. */
export function readRoute(mounted: Mounted, missing: Problem = notFound(mounted.resource.noun)) {
  const { service, operation, resource, show } = mounted
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const refused = refuseQuery(queryOf(request, service), operation)
    if (refused !== undefined) return sendProblem(reply, refused)
    const { place, id } = addressOf(mounted, request)
    const row = await service.rows.read(resource.table, place, id)
    if (row === undefined) return sendProblem(reply, missing)
    const body = show(toMade(resource, place, row))
    const etag = etagOf(body)
    reply.header('ETag', etag)
    if (isNoneMatch(request.headers['if-none-match'], etag)) return reply.code(304).send()
    return reply.type('application/json').send(JSON.stringify(body))
  }
}
