import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Guard } from '../../guard/guard.ts'
import { isGuardedMethod } from '../../guard/is-guarded-method.ts'
import { requestIdOf } from '../../observe/request-id.ts'
import { guardNodeRequest } from './guard-node-request.ts'
import { sendAnswer } from './send-answer.ts'

/** What Express and its body parsers add to a request. */
interface ExpressParts {
  readonly originalUrl?: string
  readonly params?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly rawBody?: unknown
  readonly id?: unknown
}

/**
 * A guard as middleware of Express 4 and 5 (and of what else calls `(request, response, next)`), in front of handlers that
 * stay as they are: they ask `guard.contextOf(request)` for their transaction. Errors go to Express' own error handlers.
 *
 * @example
 * app.post('/payments', idempotent(payments), existingHandler)
 */
export function idempotent<Request extends IncomingMessage>(
  guard: Guard<Request>,
): (request: Request, response: ServerResponse, next: (error?: unknown) => void) => void {
  return (request, response, next) => {
    if (!isGuardedMethod(request.method!)) return next()
    const { originalUrl, params = {}, body, rawBody, id } = request as ExpressParts
    guardNodeRequest(guard, {
      request,
      response,
      url: originalUrl ?? request.url!,
      params,
      requestId: typeof id === 'string' ? id : requestIdOf(request.headers),
      native: request,
      parsed: { body, rawBody },
      proceed: next,
      answer: (answer) => sendAnswer(response, answer),
    }).catch(next)
  }
}
