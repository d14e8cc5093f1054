import { problemPage } from '@createonce/server'
import express from 'express'
import { authenticate } from './authenticate.mjs'
import { defineCreateCustomer, routeCustomers } from './customers.mjs'
import { describeApi } from './openapi.mjs'
import { defineCreateOrder, routeOrders } from './orders.mjs'
import { answerProblem } from './problem.mjs'

/** The application, over a pool of connections, the store of the keys and a logger. */
export function createApp({ pool, store, log }) {
  const createCustomer = defineCreateCustomer({ store, log })
  const createOrder = defineCreateOrder({ store, log })
  const document = describeApi({ createCustomer, createOrder })

  const app = express()
  app.disable('x-powered-by')
  app.get('/openapi.json', (_request, response) => response.json(document))
  app.get('/problems/:code', (request, response) => {
    const { status, headers, body } = problemPage(request.params.code, request.headers.accept)
    response.writeHead(status, headers).end(body)
  })
  app.use(authenticate)
  app.use(routeCustomers(pool, createCustomer))
  app.use(routeOrders(pool, createOrder))
  app.use((_request, response) => answerProblem(response, 404, 'There is nothing here.'))
  app.use((error, _request, response, next) => {
    if (response.headersSent) return next(error)
    // Express itself refuses paths that it cannot decode.
    if (error.status === 400) return answerProblem(response, 400, 'The request cannot be read.')
    log.error({ err: error }, 'a request failed')
    answerProblem(response, 500, 'Something is wrong on our side.')
  })
  return app
}
