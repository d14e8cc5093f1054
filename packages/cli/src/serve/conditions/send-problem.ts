import { problemCatalogue } from '@createonce/server'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The problems that are answered before a creation is asked. */
export type EarlyProblem = 'internal-error' | 'overloaded' | 'store-unavailable'

// Nobody can tell when it is over; a second is the least that the header can say (RFC 9110 §10.2.3).
const RETRY_AFTER_S = '1'

/** Where the pages behind the `type` of problems are; ends with a slash. */
export interface ProblemTypes {
  /** @default '/problems/' */
  readonly problemTypes?: string
}

/** Answers as a creation would: a problem (RFC 9457 §3) of the catalogue; a 503 says when to come again. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: EarlyProblem,
  detail: string,
  { problemTypes = '/problems/' }: ProblemTypes,
): void {
  const { status, title } = problemCatalogue[code]
  reply.code(status).header('Content-Type', 'application/problem+json')
  if (status === 503) reply.header('Retry-After', RETRY_AFTER_S)
  reply.send(JSON.stringify({ type: `${problemTypes}${code}`, title, status, detail, requestId: request.id }))
}
