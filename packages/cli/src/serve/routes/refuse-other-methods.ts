import type { FastifyInstance } from 'fastify'
import { catalogued, sendProblem } from '../problem.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** A path of the document answers 405 to what it does not declare, also where a path with a parameter would take it. */
export function refuseOtherMethods(app: FastifyInstance, taken: ReadonlySet<string>): void {
  const byPath = new Map<string, string[]>()
  for (const route of taken) {
    const [method = '', path = ''] = route.split(/ (.*)/s)
    byPath.set(path, [...(byPath.get(path) ?? []), method])
  }
  for (const [path, methods] of byPath) {
    const others = METHODS.filter((method) => !methods.includes(method))
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort().join(', ')
    app.route({
      method: others,
      url: path,
      handler: (request, reply) =>
        sendProblem(reply, {
          ...catalogued('method-not-allowed', `${request.method} is not one of the methods of this path: ${allow}.`),
          headers: { Allow: allow },
        }),
    })
  }
}
