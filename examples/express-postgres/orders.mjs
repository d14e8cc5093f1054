import { created, defineCreation, etagOf, parentNotFound } from '@createonce/server'
import { otherMethods, toExpress } from '@createonce/server/express'
import { Router } from 'express'
import { z } from 'zod'
import { answerPage } from './page.mjs'
import { answerProblem } from './problem.mjs'
import { refuseUnlessUuid } from './refuse-unless-uuid.mjs'

const newOrder = z.strictObject({
  item: z.string().trim().min(1).max(200),
  quantity: z.int().min(1).max(1000),
})

/** What is answered for an order, by POST, GET and the list alike. */
export const order = newOrder.extend({ id: z.uuid(), customerId: z.uuid(), createdAt: z.iso.datetime() })

function represent({ id, customer_id, item, quantity, created_at }) {
  return { id, customerId: customer_id, item, quantity, createdAt: created_at.toISOString() }
}

/**
 * `POST /customers/{customerId}/orders`: equal orders are two orders, so only the key tells a retry from a second order.
 *
 * @param {{ store: import('@createonce/server/postgres').PostgresStore<import('pg').PoolClient>, log: import('@createonce/server').Logger }} service
 */
export function defineCreateOrder({ store, log }) {
  return defineCreation({
    operation: 'createOrder',
    store,
    log,
    principal: (request) => request.native.user,
    input: newOrder,
    async create({ item, quantity }, { tx, principal, params }) {
      const { rows } = await tx.query(
        `insert into orders (customer_id, owner, item, quantity)
         select id, owner, $3, $4 from customers where id = $1 and owner = $2 for key share
         returning *`,
        [params.customerId, principal, item, quantity],
      )
      return rows.length === 0 ? parentNotFound('There is no such customer.') : created(rows[0])
    },
    duplicates: 'allow',
    idempotency: 'required',
    location: '/customers/{customerId}/orders/{id}',
    represent,
    etag: etagOf,
    openapi: { summary: 'Place an order', private: true },
  })
}

/** The routes of orders, below those of a customer. */
export function routeOrders(pool, createOrder) {
  const routes = Router()
  routes.param('customerId', refuseUnlessUuid).param('orderId', refuseUnlessUuid)

  routes
    .route('/customers/:customerId/orders')
    .post(toExpress(createOrder))
    .get((request, response) =>
      answerPage(request, response, represent, async ({ after, limit }) => {
        const { rows } = await pool.query(
          `select * from orders where customer_id = $1 and owner = $2
           and ($3::uuid is null or position < (select position from orders where id = $3))
           order by position desc limit $4`,
          [request.params.customerId, request.user, after, limit],
        )
        return rows
      }),
    )
    .all(otherMethods(createOrder))

  routes.get('/customers/:customerId/orders/:orderId', async (request, response) => {
    const { rows } = await pool.query('select * from orders where id = $1 and customer_id = $2 and owner = $3', [
      request.params.orderId,
      request.params.customerId,
      request.user,
    ])
    if (rows.length === 0) return answerProblem(response, 404, 'There is no such order.')
    const representation = represent(rows[0])
    response.set('ETag', etagOf(representation)).json(representation)
  })

  routes.delete('/customers/:customerId/orders/:orderId', async (request, response) => {
    const { rowCount } = await pool.query('delete from orders where id = $1 and customer_id = $2 and owner = $3', [
      request.params.orderId,
      request.params.customerId,
      request.user,
    ])
    if (rowCount === 0) return answerProblem(response, 404, 'There is no such order.')
    response.status(204).end()
  })
  return routes
}
