import { type ProblemCode, problemCatalogue } from '@createonce/server'
import type { FastifyInstance } from 'fastify'

/** `/problems/:code`: what a problem's `type` leads to. */
export function addProblemPages(app: FastifyInstance): void {
  app.get('/problems/:code', (request, reply) => {
    const { code } = request.params as { code: string }
    if (!Object.hasOwn(problemCatalogue, code))
      return reply.code(404).send({ status: 404, title: 'There is no such problem' })
    const { title, status, retry, meaning, firstResponse } = problemCatalogue[code as ProblemCode]
    return { code, title, status, retry, meaning, firstResponse }
  })
}
