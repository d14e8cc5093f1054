import type { FastifyRequest } from 'fastify'
import type { Service } from './service.ts'

/**
 * The query of a request, each name as often as it was sent, without the credentials in it: they say who asks, and are
 * neither a filter, nor a member of what is created, nor part of a link that is answered.
 */
export function queryOf({ originalUrl }: FastifyRequest, { credentialParameters }: Service): URLSearchParams {
  const at = originalUrl.indexOf('?')
  const query = new URLSearchParams(at === -1 ? '' : originalUrl.slice(at + 1))
  for (const name of credentialParameters) query.delete(name)
  return query
}
