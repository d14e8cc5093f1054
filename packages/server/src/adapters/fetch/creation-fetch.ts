import type { Creation } from '../../creation/creation.ts'
import { requestIdOf } from '../../observe/request-id.ts'
import { createPathTable } from '../shared/path-table.ts'
import { refuseMethod } from '../shared/refuse-method.ts'
import { splitUrl } from '../shared/split-url.ts'
import { headersOf } from './headers-of.ts'
import { toFetch } from './to-fetch.ts'
import { toResponse } from './to-response.ts'

/** What answers a method beside a creation: any function from a Request to a Response. */
export type FetchFunction = (
  request: Request,
  context: { readonly params: Readonly<Record<string, string>> },
) => Response | Promise<Response>

/** The methods of one path, each a creation or a function. */
export type FetchMethods = Readonly<
  Partial<Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', Creation<Request> | FetchFunction>>
>

/**
 * A `fetch` with a small router, for servers that have none, such as `Deno.serve`: finds the creation by path and method.
 * Another method gets 405 with `Allow`, OPTIONS 204; another path is `otherwise`'s, or 404.
 *
 * A creation alone is the POST of its path; a table of methods may have functions beside it, which get the decoded
 * parameters of the path. Of two paths that fit, the first is taken.
 *
 * @throws TypeError for a path that is none; in a path `{name}` is one whole segment.
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
  const find = createPathTable(
    Object.fromEntries(
      Object.entries(routes).map(([path, route]) => [path, byMethod(isCreation(route) ? { POST: route } : route)]),
    ),
  )
  return async (request, ...rest) => {
    const found = find(splitUrl(request.url).path)
    return found === undefined ? otherwise(request, ...rest) : found.value(request, { params: found.params })
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
    if (creation === undefined)
      return new Response(null, { status: 405, headers: { Allow: [...functions.keys()].join(', ') } })
    const seen = headersOf(headers)
    const refused = { requestId: requestIdOf(seen), traceparent: seen['traceparent'] }
    return toResponse(refuseMethod(creation, method, functions.keys(), refused))
  }
}

function isCreation(route: Creation<Request> | FetchMethods | FetchFunction): route is Creation<Request> {
  return 'handle' in route && 'refuse' in route
}

function notFound(): Response {
  return new Response(null, { status: 404 })
}
