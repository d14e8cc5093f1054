import type { FastifyInstance } from 'fastify'
import type { RouteConfig } from '../pages/metrics/http-duration.ts'
import { catalogued, sendProblem } from '../problem.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** A path of the document answers 405 to what it does not declare, also where a path with a parameter would take it. */
export function refuseOtherMethods(app: FastifyInstance, taken: ReadonlyMap<string, string>): void {
  const byPath = new Map<string, { methods: string[]; template: string }>()
  for (const [route, template] of taken) {
    const [method = '', path = ''] = route.split(/ (.*)/s)
    byPath.set(path, { methods: [...(byPath.get(path)?.methods ?? []), method], template })
  }
  for (const [path, { methods, template }] of byPath) {
    // Metrics name the route as the document does.
    const config: RouteConfig = { template }
    const others = METHODS.filter((method) => !methods.includes(method))
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort().join(', ')
    app.route({
      method: others,
      url: path,
      config: config as object,
      handler: (request, reply) =>
        sendProblem(reply, {
          ...catalogued('method-not-allowed', `${request.method} is not one of the methods of this path: ${allow}.`),
          headers: { Allow: allow },
        }),
    })
  }
}
