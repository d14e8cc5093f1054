import type { Answer } from '../../creation/answer.ts'
import type { NodeResponse } from './node-message.ts'

/**
 * Writes an answer, beside the headers that middleware has set. A response that somebody else has begun (a time-out, a
 * client that is gone) is left alone.
 */
export function writeAnswer(response: NodeResponse, { status, headers, body }: Answer): void {
  if (response.headersSent) return
  response.statusCode = status
  for (const name in headers) response.setHeader(name, headers[name]!)
  if (body === undefined) response.end()
  else response.end(body)
}
