import type { FastifyReply, FastifyRequest } from 'fastify'
import { catalogued, type Problem, sendProblem, unservedProblem } from '../problem.ts'
import { nextLink } from '../query/next-link.ts'
import { type Asked, type NotAsked, readListQuery } from '../query/read-list-query.ts'
import type { Page } from '../rows/rows.ts'
import { type Made, toMade } from './made.ts'
import type { Mounted } from './mounted.ts'
import { placeOf } from './place-of.ts'
import { queryOf } from './query-of.ts'

/** A page of a list, on its way into the body that the document declares. */
export interface Listed {
  readonly made: readonly Made[]
  readonly asked: Asked
  readonly page: Page
  readonly next: string | undefined
  /** The path of the list. */
  readonly location: string
}

/** How a list is told. */
export interface ListSettings {
  readonly isMember: (name: string) => boolean
  readonly showList: (listed: Listed) => unknown
}

/** GET of a collection: the newest first, filtered by members, a page at a time. */
export function listRoute(
  { service, operation, resource }: Omit<Mounted, 'show'>,
  { isMember, showList }: ListSettings,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const sent = queryOf(request, service)
    const asked = readListQuery(sent, operation.parameters, isMember)
    if (asked.kind !== 'asked') return sendProblem(reply, refusal(asked))
    const values = Object.values(request.params as Record<string, string>)
    const { place, members } = placeOf(operation.path, values, resource, service.ownerOf(request, resource))
    const within = Object.entries(members).map(([member, value]) => ({ member, value }))
    const [location = ''] = request.originalUrl.split('?')
    const query = { ...asked.query, filters: [...within, ...asked.query.filters] }
    const page = await service.rows.list(resource.table, place, query)
    const next = nextLink(location, sent, asked, page)
    if (next !== undefined) reply.header('Link', `<${next}>; rel="next"`)
    const made = page.rows.map((row) => toMade(resource, place, row))
    return reply.type('application/json').send(JSON.stringify(showList({ made, asked, page, next, location })))
  }
}

function refusal({ kind, name, detail }: NotAsked): Problem {
  if (kind === 'unserved') return unservedProblem(detail)
  return catalogued('invalid-input', detail, { errors: [{ parameter: name, detail }] })
}
