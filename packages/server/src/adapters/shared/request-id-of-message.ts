import { requestIdOf } from '../../observe/request-id.ts'
import type { NodeRequest } from './node-message.ts'

/**
 * The id that a request has: the one that middleware gave it (`request.id`, as pino-http and others do), otherwise that
 * of {@link requestIdOf}.
 */
export function requestIdOfMessage(request: NodeRequest & { readonly id?: unknown }): string {
  const { id } = request
  if (typeof id === 'string' && id !== '') return id
  return typeof id === 'number' ? String(id) : requestIdOf(request.headers)
}
