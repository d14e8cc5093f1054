import type { FastifyInstance } from 'fastify'

// By Node's server, which every scope of an application has in common.
const noted = new WeakMap<object, { readonly app: FastifyInstance; readonly operation: string }[]>()

/** Notes that an instance has a route with a creation. */
export function noteRoute(app: FastifyInstance, operation: string): void {
  const routes = noted.get(app.server) ?? []
  routes.push({ app, operation })
  noted.set(app.server, routes)
}

/** The creations whose routes an instance, or a scope below it, has already. */
export function routesOf(app: FastifyInstance): readonly string[] {
  const routes = noted.get(app.server) ?? []
  // A scope has the instance that it was made in as its prototype.
  return routes
    .filter((route) => route.app === app || Object.prototype.isPrototypeOf.call(app, route.app))
    .map(({ operation }) => operation)
}
