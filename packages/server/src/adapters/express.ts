import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import type { Creation } from '../creation/creation.ts'
import { answerMessage } from './shared/answer-message.ts'
import type { NodeRequest } from './shared/node-message.ts'
import { createPathTable } from './shared/path-table.ts'
import { refuseBody } from './shared/refuse-body.ts'
import { refuseMethod } from './shared/refuse-method.ts'
import { requestIdOfMessage } from './shared/request-id-of-message.ts'
import { splitUrl } from './shared/split-url.ts'
import { toParams } from './shared/to-params.ts'
import { toRefused } from './shared/to-refused.ts'
import { writeAnswer } from './shared/write-answer.ts'

/**
 * Mounts a creation on a route of Express 4 or 5. Reads the bytes as they were sent, unless a body parser has: then it takes
 * those that {@link keepRawBody} kept, otherwise what the parser made of them.
 *
 * @example
 * app.post('/orders', toExpress(createOrder))
 */
export function toExpress(creation: Creation<Request>): RequestHandler {
  return (request, response, next) => {
    const answer = answerMessage(creation, {
      raw: request,
      native: request,
      url: request.originalUrl,
      params: toParams(request.params),
      requestId: requestIdOfMessage(request),
      kept: request,
    })
    // Written to Node's response itself: `send` would add an ETag of its own, which GET would have to know.
    if (!(answer instanceof Promise)) writeAnswer(response, answer)
    else answer.then((known) => writeAnswer(response, known)).catch(next)
  }
}

/**
 * Keeps the bytes of a body for the creation behind a parser: numbers stay exact, and repeated members are seen.
 *
 * @example
 * app.use(express.json({ verify: keepRawBody }))
 */
export function keepRawBody(request: NodeRequest, _response: unknown, bytes: Uint8Array): void {
  Object.assign(request, { rawBody: bytes })
}

/**
 * Answers the methods that a creation's route has not: 405 with `Allow`, and OPTIONS with 204.
 *
 * @example
 * app.route('/orders').get(listOrders).post(toExpress(createOrder)).all(otherMethods(createOrder))
 */
export function otherMethods(creation: Creation<Request>): RequestHandler {
  return (request, response) => {
    const { methods = {} } = (request.route ?? {}) as { methods?: Readonly<Record<string, boolean>> }
    // A route made by `app.all()` lists every method, the one that was asked for too, and tells nothing of the others.
    const isOfEverything = methods[request.method.toLowerCase()] === true
    const named = isOfEverything ? [] : Object.keys(methods).filter((method) => method !== '_all')
    const allowed = ['POST', ...named.map((method) => method.toUpperCase())]
    writeAnswer(response, refuseMethod(creation, request.method, allowed, toRefused(request)))
  }
}

/**
 * Turns what a body parser in front of all routes refuses (413, 415, JSON that is none) into problems, on the paths of
 * creations; `{name}` is one whole segment. Every other error goes on to the application's own handling.
 *
 * @throws TypeError for a path that is none.
 *
 * @example
 * app.use(express.json())
 * app.post('/orders', toExpress(createOrder))
 * app.use(bodyProblems({ '/orders': createOrder })) // behind the routes, before other error handlers
 */
export function bodyProblems(creations: Readonly<Record<string, Creation<Request>>>): ErrorRequestHandler {
  const find = createPathTable(creations)
  return (error, request, response, next) => {
    const creation = find(splitUrl(request.originalUrl).path)?.value
    const answer = creation && refuseBody(creation, error, request)
    if (answer === undefined) next(error)
    else writeAnswer(response, answer)
  }
}
