/** The methods that exist on the routes of creations, to tell 405 from 404. */
export interface RouteTable<Creation> {
  /** Notes a route; `creation` where its handler is one. */
  add(pattern: string, method: string, creation: Creation | undefined): void
  /** The creation whose route has this path, with every method of the route. */
  find(path: string): { readonly creation: Creation; readonly methods: readonly string[] } | undefined
}

/** Makes an empty table over patterns such as `/publishers/:id/books`. */
export function createRouteTable<Creation>(): RouteTable<Creation> {
  const routes = new Map<string, { methods: Set<string>; creation: Creation | undefined; matches: RegExp }>()
  return {
    add(pattern, method, creation) {
      let route = routes.get(pattern)
      if (route === undefined) {
        route = { methods: new Set(), creation: undefined, matches: toExpression(pattern) }
        routes.set(pattern, route)
      }
      route.methods.add(method)
      route.creation ??= creation
    },
    find(path) {
      for (const { methods, creation, matches } of routes.values()) {
        if (creation !== undefined && matches.test(path)) return { creation, methods: [...methods].sort() }
      }
      return undefined
    },
  }
}

function toExpression(pattern: string): RegExp {
  const segments = pattern.split('/').map((segment) => {
    if (segment === '*') return '.*'
    return segment.startsWith(':') ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${segments.join('/')}$`)
}
