import type { FastifyReply } from 'fastify'
import type { Answer } from '../../creation/answer.ts'

/** Sends an answer through Fastify, so that its hooks run. */
export function send(reply: FastifyReply, { status, headers, body }: Answer): void {
  reply.code(status)
  for (const name in headers) reply.header(name, headers[name])
  reply.send(body)
}
