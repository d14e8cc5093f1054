import type { RequestBody } from '../../creation/creation-request.ts'
import type { Guard } from '../../guard/guard.ts'
import { isGuardedMethod } from '../../guard/is-guarded-method.ts'
import { requestIdOf } from '../../observe/request-id.ts'
import { headersOf } from '../fetch/headers-of.ts'
import { splitUrl } from '../shared/split-url.ts'
import { captureFetchResponse } from './capture-fetch-response.ts'
import { toResponse } from './fetch.ts'
import { readBounded } from './read-bounded.ts'

/** The part of Hono's context that is used. */
export interface HonoContext {
  readonly req: {
    raw: Request
    readonly bodyCache: object
    param(): object
    json(): Promise<unknown>
  }
  res: Response | undefined
  get(name: never): unknown
}

/**
 * A guard as Hono's middleware, in front of a handler that stays as it is: it asks `guard.contextOf(c)` for its
 * transaction.
 *
 * @example
 * app.post('/payments', idempotent(payments), existingHandler)
 */
export function idempotent<Context extends HonoContext>(
  guard: Guard<Context>,
): (c: Context, next: () => Promise<void>) => Promise<Response | undefined> {
  return async (c, next) => {
    const { raw: asked } = c.req
    if (!isGuardedMethod(asked.method)) {
      await next()
      return undefined
    }
    const headers = headersOf(asked.headers)
    const requestId = idOf(c) ?? requestIdOf(headers)
    const body = await bodyOf(c, guard.maxBodyBytes)
    if (body === 'too-large') return toResponse(guard.refuseSize({ requestId, headers }))
    let response: Response | undefined
    const guarded = await guard.handle(
      {
        method: asked.method,
        ...splitUrl(asked.url),
        params: c.req.param() as Record<string, string>,
        headers,
        body,
        requestId,
        native: c,
      },
      async () => {
        // Errors of the handler are answered by Hono's own error handler before this returns.
        await next()
        const held = await captureFetchResponse(c.res!, guard)
        response = held.response
        return held.captured
      },
    )
    if (guarded.kind === 'answer') return toResponse(guarded.answer)
    // Hono would merge the headers of the old response into the new one, which has them already.
    c.res = undefined
    c.res = response
    return undefined
  }
}

function idOf(c: HonoContext): string | undefined {
  const id = (c.get as (name: string) => unknown).call(c, 'requestId')
  return typeof id === 'string' ? id : undefined
}

/** The bytes, or what middleware before has made of them. */
async function bodyOf(c: HonoContext, maxBytes: number): Promise<RequestBody | 'too-large'> {
  const { raw } = c.req
  if (!raw.bodyUsed) {
    const body = await readBounded(raw, maxBytes)
    if (body.kind === 'too-large') return 'too-large'
    if (raw.body !== null) c.req.raw = new Request(raw, { body: body.bytes })
    return toRaw(body.bytes)
  }
  const cached = c.req.bodyCache as { readonly text?: unknown; readonly arrayBuffer?: unknown; readonly json?: unknown }
  if (cached.text !== undefined) return toRaw(Buffer.from((await cached.text) as string))
  if (cached.arrayBuffer !== undefined) return toRaw(new Uint8Array((await cached.arrayBuffer) as ArrayBuffer))
  if (cached.json !== undefined) return { kind: 'parsed', value: await c.req.json() }
  throw new TypeError(
    'The body was read before the guard, and cannot be digested any more: mount idempotent() before what reads forms.',
  )
}

function toRaw(bytes: Uint8Array): RequestBody {
  return bytes.byteLength === 0 ? { kind: 'absent' } : { kind: 'raw', bytes }
}
