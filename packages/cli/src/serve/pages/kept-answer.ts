import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A body that stays the same while the server runs, and how it is told and kept. */
export interface KeptAnswer {
  readonly body: Buffer
  readonly type: string
  /** Strong: the bytes, digested. */
  readonly etag: string
  readonly headers: Readonly<Record<string, string>>
}

/** Makes it: the text or the bytes, their media type, and further header fields, `Cache-Control` among them. */
export function keepAnswer(
  content: string | Buffer,
  type: string,
  headers: Readonly<Record<string, string>>,
): KeptAnswer {
  const body = Buffer.from(content as string)
  const digest = createHash('sha256').update(body).digest('base64url')
  return { body, type, etag: `"${digest}"`, headers: { 'X-Content-Type-Options': 'nosniff', ...headers } }
}

/** Sends it, or 304 where the client has it (`If-None-Match`, RFC 9110 §13.1.2: by weak comparison). */
export function sendKept(request: FastifyRequest, reply: FastifyReply, answer: KeptAnswer): FastifyReply {
  const { body, type, etag, headers } = answer
  reply.headers({ ...headers, ETag: etag })
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  return reply.type(type).send(body)
}

function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  // Our tags have no comma, so that a list can be cut at each: a foreign tag that is cut in two equals none of ours.
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}
