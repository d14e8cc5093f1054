import type { Creation } from '../../creation/define-creation.ts'
import { requestIdOf } from '../../observe/request-id.ts'
import { allow } from '../allow.ts'
import { otherMethod } from '../other-method.ts'
import { type PathParams, pathPattern } from '../path-pattern.ts'
import { splitUrl } from './split-url.ts'
import { toFetch } from './to-fetch.ts'
import { toResponse } from './to-response.ts'

/** What answers a method beside a creation: any function from a Request to a Response. */
export type FetchFunction = (request: Request, context: { readonly params: PathParams }) => Response | Promise<Response>

/** The methods of one path, each a creation or a function. */
export type FetchMethods = Readonly<
  Partial<Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', Creation<Request> | FetchFunction>>
>

/**
 * A `fetch` with a small router, for servers that have none, such as `Deno.serve`: finds the creation by path and method.
 * Another method gets 405 with `Allow`, OPTIONS 204; another path is `otherwise`'s, or 404.
 *
 * A creation alone is the POST of its path; a table of methods may have functions beside it, which get the decoded
 * parameters of the path. Throws a TypeError where a path is none.
 *
 * @example
 * Deno.serve(creationFetch({
 *   '/orders': { POST: createOrder, GET: listOrders },
 *   '/orders/{id}': { GET: (request, { params }) => readOrder(params.id) },
 *   '/customers/{customerId}/orders': createOrderOfCustomer,
 * }))
 */
export function creationFetch<Rest extends readonly unknown[]>(
  routes: Readonly<Record<string, Creation<Request> | FetchMethods>>,
  otherwise: (request: Request, ...rest: Rest) => Response | Promise<Response> = notFound,
): (request: Request, ...rest: Rest) => Promise<Response> {
  const table = Object.entries(routes)
    .map(([path, route]) => ({ ...pathPattern(path), answer: byMethod(isCreation(route) ? { POST: route } : route) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
  return async (request, ...rest) => {
    const { path } = splitUrl(request.url)
    for (const { read, answer } of table) {
      const params = read(path)
      if (params !== undefined) return answer(request, { params })
    }
    return otherwise(request, ...rest)
  }
}

function byMethod(methods: FetchMethods): FetchFunction {
  const functions = new Map<string, FetchFunction>()
  for (const [method, route] of Object.entries(methods)) {
    functions.set(method, isCreation(route) ? toFetch(route) : route)
  }
  const creation = Object.values(methods).find(isCreation)
  return (request, context) => {
    const { method, headers } = request
    const known = functions.get(method) ?? (method === 'HEAD' ? functions.get('GET') : undefined)
    if (known !== undefined) return known(request, context)
    if (creation === undefined) return new Response(null, { status: 405, headers: { Allow: allow(functions.keys()) } })
    const seen = Object.fromEntries(headers)
    const refused = { method, requestId: requestIdOf(seen), traceparent: seen['traceparent'] }
    return toResponse(otherMethod(creation, functions.keys(), refused))
  }
}

function isCreation(route: Creation<Request> | FetchMethods | FetchFunction): route is Creation<Request> {
  return 'handle' in route && 'refuse' in route
}

function notFound(): Response {
  return new Response(null, { status: 404 })
}
