import type { Context, Middleware } from 'koa'
import type { Answer } from '../creation/answer.ts'
import type { Creation } from '../creation/creation.ts'
import { answerMessage } from './shared/answer-message.ts'
import type { Kept } from './shared/body-at-hand.ts'
import { createPathTable } from './shared/path-table.ts'
import { refuseBody } from './shared/refuse-body.ts'
import { refuseMethod } from './shared/refuse-method.ts'
import { requestIdOfMessage } from './shared/request-id-of-message.ts'
import { splitUrl } from './shared/split-url.ts'
import { toRefused } from './shared/to-refused.ts'

/**
 * Makes a middleware of a creation, for a route of `@koa/router` or any other place that knows which requests are its. Reads
 * the bytes as they were sent, unless a body parser has: then it takes `ctx.request.rawBody`, otherwise `ctx.request.body`.
 * The creation's `request.native` is Koa's context.
 *
 * @example
 * router.post('/orders', toKoa(createOrder))
 */
export function toKoa(creation: Creation<Context>): Middleware {
  return async (ctx) => {
    const answer = answerMessage(creation, {
      raw: ctx.req,
      native: ctx as Context,
      url: ctx.originalUrl,
      params: ctx['params'] ?? {},
      requestId: requestIdOfMessage(ctx.req),
      kept: ctx.request as Kept,
    })
    respond(ctx, answer instanceof Promise ? await answer : answer)
  }
}

/**
 * Answers the methods that a creation's path has not: 405 with `Allow`, and OPTIONS with 204. What `Allow` names are the
 * methods of the router's other routes for the path.
 *
 * @example
 * router.get('/orders', listOrders).post('/orders', toKoa(createOrder)).all('/orders', otherMethods(createOrder))
 */
export function otherMethods(creation: Creation<Context>): Middleware {
  return (ctx) => {
    const matched: readonly { readonly methods: readonly string[] }[] = ctx['matched'] ?? []
    // This route has every method, so it is not among those that have not the one that was asked for.
    const others = matched.filter(({ methods }) => !methods.includes(ctx.method))
    const allowed = ['POST', ...others.flatMap(({ methods }) => methods)]
    respond(ctx, refuseMethod(creation, ctx.method, allowed, toRefused(ctx.req)))
  }
}

/**
 * Turns what a body parser in front of all routes refuses (413, 415, JSON that is none) into problems, on the paths of
 * creations; `{name}` is one whole segment. Every other error goes on to Koa's own handling.
 *
 * @throws TypeError for a path that is none.
 *
 * @example
 * app.use(bodyProblems({ '/orders': createOrder })) // before the body parser
 * app.use(bodyParser())
 */
export function bodyProblems(creations: Readonly<Record<string, Creation<Context>>>): Middleware {
  const find = createPathTable(creations)
  return async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      const creation = find(splitUrl(ctx.originalUrl).path)?.value
      const answer = creation && refuseBody(creation, error, ctx.req)
      if (answer === undefined) throw error
      respond(ctx, answer)
    }
  }
}

/** Leaves the sending to Koa, so that other middleware sees the answer and Koa's own rules hold. */
function respond(ctx: Parameters<Middleware>[0], { status, headers, body }: Answer): void {
  for (const name in headers) ctx.set(name, headers[name]!)
  // Koa writes the status's name where the body is only left out, and makes 204 of null; so the status comes last.
  ctx.body = body ?? null
  ctx.status = status
}
