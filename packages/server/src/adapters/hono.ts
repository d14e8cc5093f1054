import type { Context, Env, Handler, Input } from 'hono'
import type { StatusCode } from 'hono/utils/http-status'
import type { Answer } from '../creation/answer.ts'
import type { Creation } from '../creation/creation.ts'
import { requestIdOf } from '../observe/request-id.ts'
import { answerRequest } from './fetch/answer-request.ts'
import { declaredLength } from './fetch/declared-length.ts'
import { headersOf } from './fetch/headers-of.ts'
import { type LimitedBody, limitedBody } from './fetch/limited-body.ts'
import { readLimited } from './fetch/read-limited.ts'
import { refuseMethod } from './shared/refuse-method.ts'

/**
 * A creation as a handler of Hono. Headers that middleware set before stay; the request id is the one of `hono/request-id`,
 * where that is used; a body that a validator read before is taken from Hono's cache.
 *
 * @example
 * app.post('/orders', toHono(createOrder))
 */
export function toHono<E extends Env, Path extends string, I extends Input>(
  creation: Creation<Context<E>>,
): Handler<E, Path, I, Promise<Response>> {
  return async (c) => {
    const headers = headersOf(c.req.raw.headers)
    const requestId = idOf(c, headers)
    const [request, params] = [c.req.raw, c.req.param() as Record<string, string>]
    const body = await readBody(c, creation.maxBodyBytes)
    const answer = answerRequest(creation, { request, headers, params, body, requestId, native: c })
    return send(c, answer instanceof Promise ? await answer : answer)
  }
}

/**
 * Answers the methods that a creation's path does not have: 405 with `Allow`, and OPTIONS with 204. Mount it last, and name
 * the methods that are there beside POST.
 *
 * @example
 * app.post('/orders', toHono(createOrder))
 * app.get('/orders', listOrders)
 * app.all('/orders', otherMethods(createOrder, 'GET'))
 */
export function otherMethods<E extends Env, Path extends string, I extends Input>(
  creation: Creation<Context<E>>,
  ...methods: readonly string[]
): Handler<E, Path, I, Response> {
  return (c) => {
    const headers = headersOf(c.req.raw.headers)
    const refused = { requestId: idOf(c, headers), traceparent: headers['traceparent'] }
    return send(c, refuseMethod(creation, c.req.method, ['POST', ...methods], refused))
  }
}

function idOf(c: Context, headers: Readonly<Record<string, string>>): string {
  const given: unknown = c.get('requestId')
  return typeof given === 'string' && given !== '' ? given : requestIdOf(headers)
}

async function readBody({ req }: Context, maxBytes: number): Promise<LimitedBody> {
  // Hono's types leave out that what is cached is a promise.
  const cache = req.bodyCache as unknown as { arrayBuffer?: Promise<ArrayBuffer> }
  if (Object.keys(cache).length > 0) {
    return req.arrayBuffer().then(
      (bytes) => limitedBody(new Uint8Array(bytes), declaredLength(req.raw.headers)),
      () => ({ kind: 'cut-off' }),
    )
  }
  const body = await readLimited(req.raw, maxBytes, () => req.arrayBuffer())
  // Whoever asks Hono for the body later, in `create` or after the answer, gets it too.
  if (body.kind === 'raw') cache.arrayBuffer ??= Promise.resolve(new Uint8Array(body.bytes).buffer)
  return body
}

function send(c: Context, { status, headers, body }: Answer): Response {
  return c.newResponse(body ?? null, status as StatusCode, headers)
}
