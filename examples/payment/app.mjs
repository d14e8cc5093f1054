import { etagOf, problemPage } from '@createonce/server'
import { otherMethods, toExpress } from '@createonce/server/express'
import express from 'express'
import { z } from 'zod'
import { authenticate } from './authenticate.mjs'
import { defineCreatePayment, represent } from './create-payment.mjs'
import { describeApi } from './openapi.mjs'
import { answerProblem } from './problem.mjs'

const pageQuery = z.object({
  skip: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** The application, over the store of the keys and a client of the provider, who keeps the payments. */
export function createApp({ store, provider }) {
  const createPayment = defineCreatePayment({ store, provider })
  const document = describeApi({ createPayment })

  const app = express()
  app.disable('x-powered-by')
  app.get('/openapi.json', (_request, response) => response.json(document))
  app.get('/problems/:code', (request, response) => {
    const { status, headers, body } = problemPage(request.params.code, request.headers.accept)
    response.writeHead(status, headers).end(body)
  })
  app.use(authenticate)

  app
    .route('/payments')
    .post(toExpress(createPayment))
    .get(async (request, response) => {
      const query = pageQuery.safeParse(request.query)
      if (!query.success) return answerProblem(response, 400, z.prettifyError(query.error))
      const { skip, limit } = query.data
      const all = await provider.list(request.user)
      const next = skip + limit
      response.json({
        items: all.slice(skip, next).map(represent),
        ...(all.length > next && { next: `/payments?skip=${next}&limit=${limit}` }),
      })
    })
    .all(otherMethods(createPayment))

  app.get('/payments/:id', async (request, response) => {
    const charge = await provider.find(request.params.id, request.user)
    if (charge === undefined) return answerProblem(response, 404, 'There is no such payment.')
    const representation = represent(charge)
    response.set('ETag', etagOf(representation)).json(representation)
  })

  app.use((_request, response) => answerProblem(response, 404, 'There is nothing here.'))
  app.use((error, _request, response, next) => {
    if (response.headersSent) return next(error)
    // Express itself refuses paths that it cannot decode.
    if (error.status === 400) return answerProblem(response, 400, 'The request cannot be read.')
    console.error(error)
    answerProblem(response, 500, 'Something is wrong on our side.')
  })
  return app
}
