import type { FastifyRequest } from 'fastify'

/** The query of a request, each name as often as it was sent. */
export function queryOf({ originalUrl }: FastifyRequest): URLSearchParams {
  const at = originalUrl.indexOf('?')
  return new URLSearchParams(at === -1 ? '' : originalUrl.slice(at + 1))
}
