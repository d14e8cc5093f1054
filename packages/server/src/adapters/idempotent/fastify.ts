import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import type { Guard } from '../../guard/guard.ts'
import { isGuardedMethod } from '../../guard/is-guarded-method.ts'
import { guardNodeRequest } from './guard-node-request.ts'

/**
 * Puts a guard in front of a route handler of Fastify, which stays as it is: it asks `guard.contextOf(request)` for its
 * transaction. Hooks, serializers and error handlers work as before: what they make is what is captured.
 *
 * @example
 * app.post('/payments', idempotent(payments, existingHandler))
 */
export function idempotent(guard: Guard<FastifyRequest>, handler: RouteHandlerMethod): RouteHandlerMethod {
  return function guarded(this: FastifyInstance, request: FastifyRequest, reply: FastifyReply): unknown {
    if (!isGuardedMethod(request.method)) return handler.call(this, request, reply)
    return new Promise((resolve, reject) => {
      guardNodeRequest(guard, {
        request: request.raw,
        response: reply.raw,
        url: request.originalUrl,
        params: request.params as Record<string, string>,
        requestId: request.id,
        native: request,
        parsed: { body: request.body },
        // Fastify answers what the handler returns or throws; the capture sees that answer.
        proceed: () => {
          try {
            const returned: unknown = handler.call(this, request, reply)
            // One that returns nothing calls reply.send() when it wants to.
            if (returned !== undefined) resolve(returned)
          } catch (error) {
            reject(error)
          }
        },
        answer({ status, headers, body }) {
          reply.code(status)
          for (const name in headers) reply.header(name, headers[name])
          reply.send(body)
          resolve(reply)
        },
      }).catch(reject)
    })
  }
}
