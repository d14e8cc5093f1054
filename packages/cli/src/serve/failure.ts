import { STATUS_CODES } from 'node:http'
import { type ProblemCode, StoreUnavailableError } from '@createonce/server'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { catalogued, type Problem, sendProblem } from './problem.ts'

/** What Fastify refuses before a handler runs, as codes of the problem catalogue. */
const REFUSALS: Readonly<Record<string, { readonly code: ProblemCode; readonly detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'content-too-large', detail: 'The body is larger than this server takes.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported-media-type',
    detail: 'The content is not labelled as JSON; send application/json in UTF-8.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'malformed-body',
    detail: 'The body is shorter or longer than Content-Length says.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'malformed-body', detail: 'The body is empty; a JSON value is needed.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'malformed-body', detail: 'The body is no JSON that is taken.' },
}

const RETRY_AFTER_S = '1'

/**
 * Answers what is thrown outside creations: what Fastify refuses as the problem that says it; a fault as 500 without
 * details (503 where the database cannot be used), and logged once, with the id that the client was told.
 */
export function sendFailure(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error)
  if (refusal !== undefined) {
    // RFC 5789 §2.2 and RFC 9110 §15.5.16: what would have been taken.
    if (refusal.status === 415 && request.method === 'PATCH')
      reply.header('Accept-Patch', 'application/merge-patch+json, application/json')
    return sendProblem(reply, refusal)
  }
  const { method, routeOptions } = request
  request.server.log.error({ requestId: request.id, method, route: routeOptions?.url, err: error }, 'request failed')
  return sendProblem(reply, faultOf(error))
}

function refusalOf(error: FastifyError): Problem | undefined {
  const { statusCode } = error
  // What its parser throws has no code of its own.
  const code = error instanceof SyntaxError && statusCode === 400 ? 'FST_ERR_CTP_INVALID_JSON_BODY' : error.code
  const known = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined
  if (known !== undefined) return catalogued(known.code, known.detail)
  if (statusCode === undefined || statusCode < 400 || statusCode > 499) return undefined
  const title = STATUS_CODES[statusCode] ?? 'Bad Request'
  return { status: statusCode, title, detail: 'The request cannot be read.' }
}

function faultOf(error: unknown): Problem {
  if (!(error instanceof StoreUnavailableError))
    return catalogued('internal-error', 'This server failed. The request id leads to the line of its log.')
  const problem = catalogued('store-unavailable', 'The database cannot be used now. Try again.')
  return { ...problem, headers: { 'Retry-After': RETRY_AFTER_S } }
}
