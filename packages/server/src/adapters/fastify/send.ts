import type { FastifyReply } from 'fastify'
import type { Answer } from '../../creation/answer.ts'

/**
 * Sends an answer through Fastify, so that its hooks run. A reply that somebody else has sent, `handlerTimeout` or an
 * application's own, is left alone: what was created waits for the retry.
 */
export function send(reply: FastifyReply, { status, headers, body }: Answer): void {
  if (reply.sent) return
  reply.code(status)
  for (const name in headers) reply.header(name, headers[name])
  reply.send(body)
}
