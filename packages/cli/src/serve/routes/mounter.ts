import type { Operation } from '@createonce/verifier/document'
import type { FastifyInstance, onRequestHookHandler, RouteHandlerMethod } from 'fastify'
import type { ContentHooks } from '../forms/content-hooks.ts'
import type { RouteConfig } from '../pages/metrics/http-duration.ts'
import { declaredErrors } from './declared-errors.ts'

/** Adds one route; tells whether its path was free. */
export type Mount = (
  operation: Pick<Operation, 'method' | 'path'> & { readonly responses?: Operation['responses'] },
  url: string,
  guard: onRequestHookHandler | undefined,
  handler: RouteHandlerMethod,
  content?: Partial<ContentHooks>,
) => boolean

/** Adds a route where none is: paths that differ only in names of parameters are one. */
export function mounter(app: FastifyInstance, taken: Set<string>): Mount {
  return ({ method, path, responses = {} }, url, guard, handler, content) => {
    const route = `${method} ${url.replaceAll(/:(p\d+|createonce_id)/g, ':p')}`
    if (taken.has(route)) return false
    taken.add(route)
    // Metrics name the route as the document does.
    const onSend = declaredErrors({ responses })
    const config: RouteConfig = { template: path }
    app.route({
      method,
      url,
      handler,
      config: config as object,
      ...content,
      ...(onSend !== undefined && { onSend }),
      ...(guard !== undefined && { onRequest: guard }),
    })
    return true
  }
}
