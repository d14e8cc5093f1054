import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from '../../creation/answer.ts'
import type { Guard } from '../../guard/guard.ts'
import { isGuardedMethod } from '../../guard/is-guarded-method.ts'
import { requestIdOf } from '../../observe/request-id.ts'
import { guardNodeRequest } from './guard-node-request.ts'

/** The part of Koa's context that is used. */
export interface KoaContext {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly originalUrl: string
  status: number
  body: unknown
  set(name: string, value: string): void
}

/** What routers and body parsers add to it. */
interface KoaParts {
  readonly params?: Readonly<Record<string, string>>
  readonly request: { readonly body?: unknown; readonly rawBody?: unknown }
  readonly state: { readonly requestId?: unknown }
}

/**
 * A guard as Koa's middleware, in front of middleware that stays as it is: it asks `guard.contextOf(ctx)` for its
 * transaction. Koa answers after all middleware is done, so the answer is captured below it.
 *
 * @example
 * router.post('/payments', idempotent(payments), existingMiddleware)
 */
export function idempotent<Context extends KoaContext>(
  guard: Guard<Context>,
): (ctx: Context, next: () => Promise<unknown>) => Promise<unknown> {
  return (ctx, next) => {
    if (!isGuardedMethod(ctx.req.method!)) return next()
    const { params = {}, request, state } = ctx as unknown as KoaParts
    return new Promise((resolve, reject) => {
      guardNodeRequest(guard, {
        request: ctx.req,
        response: ctx.res,
        url: ctx.originalUrl,
        params,
        requestId: typeof state.requestId === 'string' ? state.requestId : requestIdOf(ctx.req.headers),
        native: ctx,
        parsed: { body: request.body, rawBody: request.rawBody },
        // Its errors are Koa's to answer; the capture sees that answer.
        proceed: () => void next().then(resolve, reject),
        answer: (answer) => respond(ctx, answer),
      }).then(resolve, reject)
    })
  }
}

/** Leaves the sending to Koa, so that middleware in front sees the answer. */
function respond(ctx: KoaContext, { status, headers, body }: Answer): void {
  for (const name in headers) ctx.set(name, headers[name]!)
  // Koa makes 204 of null, so the status comes last.
  ctx.body = body ?? null
  ctx.status = status
}
