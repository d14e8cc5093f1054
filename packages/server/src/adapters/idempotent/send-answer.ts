import type { ServerResponse } from 'node:http'
import type { Answer } from '../../creation/answer.ts'

/** Sends an answer of the guard's own; headers that were set before it stay. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.statusCode = status
  for (const name in headers) response.setHeader(name, headers[name]!)
  response.end(body)
}
