import type { FastifyReply } from 'fastify'
import { catalogued, sendProblem } from '../problem.ts'
import type { Surroundings } from './surroundings.ts'

// Nobody can tell when it is over; a second is the least that the header can say (RFC 9110 §10.2.3).
const RETRY_AFTER_S = '1'

/** Answers before a creation is asked, as one would: a problem of the catalogue; a 503 says when to come again. */
export function refuseEarly(
  reply: FastifyReply,
  code: 'internal-error' | 'overloaded' | 'store-unavailable',
  detail: string,
  { problemTypes }: Surroundings,
): void {
  const problem = catalogued(code, detail)
  const headers = problem.status === 503 ? { 'Retry-After': RETRY_AFTER_S } : {}
  sendProblem(reply, { ...problem, headers }, problemTypes)
}
