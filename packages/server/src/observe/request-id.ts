import { randomUUID } from 'node:crypto'

// UUIDs, ULIDs, the ids of nginx, Envoy, Heroku and AWS (`Root=1-67891233-abcdef012345678912345678`) are of these. No white
// space, no quotes and no control characters: an id stands in log lines, problems and headers, and is searched for.
const TRUSTED = /^[\w.:=;+/@-]{1,128}$/

/**
 * The id of a request: the one in `X-Request-Id` where it is 1 to 128 of letters, digits and `_.:=;+/@-`, a new UUID
 * otherwise. For the framework, which has the id first: `fastify({ genReqId: ({ headers }) => requestIdOf(headers) })`.
 *
 * Whoever can send the header can choose the id; where that is everybody, let the proxy set it.
 */
export function requestIdOf(headers: Readonly<Record<string, string | readonly string[] | undefined>>): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && TRUSTED.test(given) ? given : randomUUID()
}
