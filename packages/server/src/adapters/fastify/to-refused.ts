import type { FastifyRequest } from 'fastify'
import type { Refused } from '../../creation/creation.ts'

/** What logs tell of a request that is refused before a creation is asked. */
export function toRefused({ id, headers }: FastifyRequest): Refused {
  return { requestId: id, traceparent: headers['traceparent'] }
}
