import type { Answer } from '../../creation/answer.ts'
import type { Guard, GuardContext } from '../../guard/guard.ts'
import { isGuardedMethod } from '../../guard/is-guarded-method.ts'
import { requestIdOf } from '../../observe/request-id.ts'
import { headersOf } from '../fetch/headers-of.ts'
import { splitUrl } from '../shared/split-url.ts'
import { captureFetchResponse } from './capture-fetch-response.ts'
import { readBounded } from './read-bounded.ts'

/** A handler of the fetch kind, as Next.js, Bun, Deno and others have them; what it takes besides is passed on. */
export type FetchHandler<Tx, Rest extends readonly unknown[]> = (
  request: Request,
  context: GuardContext<Tx> | undefined,
  ...rest: Rest
) => Response | Promise<Response>

/**
 * Puts a guard in front of a handler that takes a `Request` and returns a `Response`. The handler's second argument is
 * the guard's context, with the transaction; undefined for safe methods, which pass through untouched.
 *
 * @example
 * export const POST = idempotent(payments, (request, context) => existingHandler(request, context.tx))
 */
export function idempotent<Tx, Rest extends readonly unknown[] = []>(
  guard: Guard<Request, Tx>,
  handler: FetchHandler<Tx, Rest>,
): (request: Request, ...rest: Rest) => Promise<Response> {
  return async (request, ...rest) => {
    if (!isGuardedMethod(request.method)) return handler(request, undefined, ...rest)
    const headers = headersOf(request.headers)
    const requestId = requestIdOf(headers)
    const body = await readBounded(request, guard.maxBodyBytes)
    if (body.kind === 'too-large') return toResponse(guard.refuseSize({ requestId, headers }))
    const { bytes } = body
    // The handler reads the body as if nobody had: from a request over the same bytes.
    const native = request.body === null ? request : new Request(request, { body: bytes })
    const { path, query } = splitUrl(request.url)
    let response: Response | undefined
    const guarded = await guard.handle(
      {
        method: request.method,
        path,
        query,
        params: {},
        headers,
        body: bytes.byteLength === 0 ? { kind: 'absent' } : { kind: 'raw', bytes },
        requestId,
        native,
      },
      async (context) => {
        const held = await captureFetchResponse(await handler(native, context, ...rest), guard)
        response = held.response
        return held.captured
      },
    )
    return guarded.kind === 'answer' ? toResponse(guarded.answer) : response!
  }
}

/** An answer of the guard's own. */
export function toResponse({ status, headers, body }: Answer): Response {
  return new Response(body ?? null, { status, headers })
}
