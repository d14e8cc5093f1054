import type { Creation } from '../creation/creation.ts'
import { answerMessage } from './shared/answer-message.ts'
import type { Kept } from './shared/body-at-hand.ts'
import type { NodeRequest, NodeResponse } from './shared/node-message.ts'
import { createPathTable } from './shared/path-table.ts'
import { refuseMethod } from './shared/refuse-method.ts'
import { requestIdOfMessage } from './shared/request-id-of-message.ts'
import { splitUrl } from './shared/split-url.ts'
import { toRefused } from './shared/to-refused.ts'
import { writeAnswer } from './shared/write-answer.ts'

export type { NodeRequest, NodeResponse } from './shared/node-message.ts'

/** Answers a request; `params` are the decoded parameters of its path. */
export type NodeHandler = (
  request: NodeRequest,
  response: NodeResponse,
  params?: Readonly<Record<string, string>>,
) => unknown

/** The methods of one path: its creation, and what the application answers to the others. */
export interface NodeMethods {
  readonly POST: Creation<NodeRequest>
  readonly [method: string]: Creation<NodeRequest> | NodeHandler
}

/**
 * Makes a handler of a creation, for `node:http`, `node:https`, `node:http2` (compatibility API) and routers over them.
 * Reads the body as it was sent; where somebody has read it before, takes `request.rawBody` or `request.body`. The
 * promise resolves when the answer is handed to the socket, and never rejects.
 *
 * @example
 * const answerOrder = toNode(createOrder)
 * createServer((request, response) => answerOrder(request, response))
 */
export function toNode(
  creation: Creation<NodeRequest>,
): (request: NodeRequest, response: NodeResponse, params?: Readonly<Record<string, string>>) => Promise<void> {
  return async (request, response, params = {}) => {
    const answer = answerMessage(creation, {
      raw: request,
      native: request,
      url: request.url!,
      params,
      requestId: requestIdOfMessage(request),
      kept: request as Kept,
    })
    writeAnswer(response, answer instanceof Promise ? await answer : answer)
  }
}

/**
 * A listener for services without a router: each path has a creation, or methods of which POST is one. Other methods are
 * answered 405 with `Allow`, and OPTIONS 204; GET answers HEAD too. Other paths go to `otherwise`, or get an empty 404.
 *
 * @throws TypeError for a pattern that is none; in a pattern `{name}` is one whole segment.
 *
 * @example
 * createServer(creationListener({
 *   '/orders': { POST: createOrder, GET: listOrders },
 *   '/parents/{parentId}/things': createThing,
 * }, otherwise))
 */
export function creationListener(
  routes: Readonly<Record<string, Creation<NodeRequest> | NodeMethods>>,
  otherwise: NodeHandler = answerNotFound,
): (request: NodeRequest, response: NodeResponse) => void {
  const find = createPathTable(
    Object.fromEntries(Object.entries(routes).map(([path, route]) => [path, toRoute(route)] as const)),
  )
  return (request, response) => {
    const found = find(splitUrl(request.url!).path)
    if (found === undefined) return void otherwise(request, response)
    const { creation, handlers } = found.value
    const method = request.method!
    const handler = handlers.get(method) ?? (method === 'HEAD' ? handlers.get('GET') : undefined)
    if (handler !== undefined) return void handler(request, response, found.params)
    writeAnswer(response, refuseMethod(creation, method, handlers.keys(), toRefused(request)))
  }
}

interface Route {
  readonly creation: Creation<NodeRequest>
  readonly handlers: ReadonlyMap<string, NodeHandler>
}

function toRoute(route: Creation<NodeRequest> | NodeMethods): Route {
  const methods: NodeMethods = isCreation(route) ? { POST: route } : route
  const handlers = new Map<string, NodeHandler>()
  for (const [method, answering] of Object.entries(methods)) {
    handlers.set(method, typeof answering === 'function' ? answering : toNode(answering))
  }
  return { creation: methods.POST, handlers }
}

function isCreation(route: Creation<NodeRequest> | NodeMethods): route is Creation<NodeRequest> {
  return typeof (route as Creation).handle === 'function' && typeof (route as Creation).operation === 'string'
}

function answerNotFound(_request: NodeRequest, response: NodeResponse): void {
  writeAnswer(response, { status: 404, headers: {} })
}
