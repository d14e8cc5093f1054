import type { Answer } from './answer.ts'
import { problemCodes } from './problem-codes.ts'
import type { Rejection } from './rejection.ts'

/**
 * Writes a rejection as `application/problem+json` (RFC 9457 §3).
 *
 * `type` is the catalogue code below `problemTypes`, `status` equals the HTTP status, `title` never varies, and
 * `requestId` leads to the log line.
 */
export function toProblem(rejection: Rejection, context: { problemTypes: string; requestId: string }): Answer {
  const entry = problemCodes[rejection.code]
  const status = rejection.status ?? entry.status
  const body = JSON.stringify({
    type: `${context.problemTypes}${rejection.code}`,
    title: entry.title,
    status,
    detail: rejection.detail,
    requestId: context.requestId,
    ...rejection.members,
  })
  return { status, headers: { 'Content-Type': 'application/problem+json', ...rejection.headers }, body }
}
