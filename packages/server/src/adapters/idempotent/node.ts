import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Guard } from '../../guard/guard.ts'
import { isGuardedMethod } from '../../guard/is-guarded-method.ts'
import { requestIdOf } from '../../observe/request-id.ts'
import { guardNodeRequest } from './guard-node-request.ts'
import { sendAnswer } from './send-answer.ts'

/**
 * Puts a guard in front of a handler of `node:http`, which stays as it is: it asks `guard.contextOf(request)` for its
 * transaction. What the handler throws is answered 500 here.
 *
 * @example
 * createServer(idempotent(payments, existingHandler)).listen(3000)
 */
export function idempotent<Request extends IncomingMessage>(
  guard: Guard<Request>,
  handler: (request: Request, response: ServerResponse) => unknown,
): (request: Request, response: ServerResponse) => void {
  return (request, response) => {
    if (!isGuardedMethod(request.method!)) return void handler(request, response)
    const { body, rawBody } = request as { readonly body?: unknown; readonly rawBody?: unknown }
    guardNodeRequest(guard, {
      request,
      response,
      url: request.url!,
      params: {},
      requestId: requestIdOf(request.headers),
      native: request,
      parsed: { body, rawBody },
      proceed: () => handler(request, response),
      answer: (answer) => sendAnswer(response, answer),
    }).catch((error) => response.destroy(error as Error))
  }
}
