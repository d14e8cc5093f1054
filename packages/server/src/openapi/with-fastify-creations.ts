import { CREATION } from '../creation/creation-mark.ts'
import type { MountedCreation } from './mounted-creation.ts'
import type { OpenApiObject } from './open-api-object.ts'
import type { Described } from './to-operation.ts'
import { withCreations } from './with-creations.ts'

/** The part of a Fastify instance that is used. */
interface Routes {
  addHook(name: 'onRoute', hook: (route: Route) => void): unknown
}

interface Route {
  readonly handler: unknown
  schema?: object
}

// @fastify/swagger copies what begins with x- from a route's schema into the operation, whatever became of the path.
const MARK = 'x-createonce-route'

/**
 * For the option `transformObject` of `@fastify/swagger`: adds every creation that is mounted on the instance, at the path
 * and below the prefix where the document has its route. Hidden routes stay hidden.
 *
 * @throws TypeError when the document is made, as {@link withCreations} does.
 *
 * @example
 * app.register(swagger, { openapi: { openapi: '3.1.0', info }, transformObject: withFastifyCreations(app) })
 */
export function withFastifyCreations(
  app: Routes,
): <Document extends object>(
  given: { readonly openapiObject: Document } | { readonly swaggerObject: object },
) => Document {
  const routes: { readonly creation: Described; readonly hasResponses: boolean }[] = []
  app.addHook('onRoute', (route) => {
    const creation = (route.handler as { readonly [CREATION]?: Described })[CREATION]
    if (creation === undefined) return
    const { schema = {} } = route
    route.schema = { ...schema, [MARK]: routes.length }
    routes.push({ creation, hasResponses: 'response' in schema })
  })
  return (given) => {
    if (!('openapiObject' in given))
      throw new TypeError(
        "Creations are documented in OpenAPI 3.1; give @fastify/swagger { openapi: { openapi: '3.1.0' } }.",
      )
    const { openapiObject: document } = given
    const { found, paths } = takeMarks(document as OpenApiObject, routes)
    return withCreations({ ...document, paths }, found)
  }
}

/** Finds the marked operations, and gives the paths without the marks and without the answers that the generator made up. */
function takeMarks(
  document: OpenApiObject,
  routes: readonly { readonly creation: Described; readonly hasResponses: boolean }[],
): { readonly found: readonly MountedCreation[]; readonly paths: OpenApiObject } {
  const found: MountedCreation[] = []
  const paths: OpenApiObject = { ...document['paths'] }
  for (const [path, item] of Object.entries<OpenApiObject>(paths)) {
    for (const [method, operation] of Object.entries<OpenApiObject>(item)) {
      const route = routes[operation?.[MARK]]
      if (route === undefined) continue
      const { [MARK]: _, responses, ...others } = operation
      paths[path] = { ...paths[path], [method]: { ...others, ...(route.hasResponses && { responses }) } }
      found.push({ method: method.toUpperCase() as 'POST' | 'PUT', path, creation: route.creation })
    }
  }
  return { found, paths }
}
