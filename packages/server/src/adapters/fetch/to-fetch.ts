import type { Creation } from '../../creation/creation.ts'
import { requestIdOf } from '../../observe/request-id.ts'
import { answerRequest } from './answer-request.ts'
import { headersOf } from './headers-of.ts'
import { readLimited } from './read-limited.ts'
import { readParams } from './read-params.ts'
import { toResponse } from './to-response.ts'

/**
 * Answers one request. `context` is what the router hands over: its `params` are the path parameters, at once or as a
 * promise; without them those of the request are taken, where it has any.
 */
export type FetchHandler<Native extends Request = Request> = (request: Native, context?: object) => Promise<Response>

/**
 * A creation as a function from a Request to a Response: a route handler of Next.js, a route of `Bun.serve`, or anything
 * else that speaks the Fetch standard.
 *
 * The function rejects only where the body was read before, since then nothing can be created.
 *
 * @example
 * export const POST = toFetch(createOrder) // app/orders/route.ts
 * @example
 * Bun.serve({ routes: { '/orders': { POST: toFetch(createOrder) } } })
 */
export function toFetch<Native extends Request = Request>(creation: Creation<Native>): FetchHandler<Native> {
  return async (request, context) => {
    const body = await readLimited(request, creation.maxBodyBytes)
    const headers = headersOf(request.headers)
    const given = readParams(request, context)
    const params = given instanceof Promise ? await given : given
    const requestId = requestIdOf(headers)
    const answer = answerRequest(creation, { request, headers, params, body, requestId, native: request })
    return toResponse(answer instanceof Promise ? await answer : answer)
  }
}
