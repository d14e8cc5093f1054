import { andThen, type MaybePromise } from '../idempotency/and-then.ts'
import type { CreationRequest } from './creation-request.ts'

/**
 * Asks who the caller is. Authentication comes before this library; a principal that is missing here is a hole in
 * it, and the request fails closed instead of sharing keys between callers.
 */
export function principalOf<Native>(
  naming: (request: CreationRequest<Native>) => string | Promise<string>,
  request: CreationRequest<Native>,
): MaybePromise<string> {
  return andThen(naming(request), nobodyRefused)
}

function nobodyRefused(principal: string): string {
  if (typeof principal === 'string' && principal !== '') return principal
  if (typeof principal === 'number' || typeof principal === 'bigint')
    throw new TypeError(`principal() must give text, and gave a ${typeof principal}: write String(id).`)
  throw new TypeError(
    "principal() named nobody. Refuse unauthenticated requests with 401 before the creation, or write principal: 'anybody'.",
  )
}
