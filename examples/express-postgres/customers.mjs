import { created, defineCreation, etagOf } from '@createonce/server'
import { otherMethods, toExpress } from '@createonce/server/express'
import { Router } from 'express'
import { z } from 'zod'
import { answerPage } from './page.mjs'
import { answerProblem } from './problem.mjs'
import { refuseUnlessUuid } from './refuse-unless-uuid.mjs'

const newCustomer = z.strictObject({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(200),
})

/** What is answered for a customer, by POST, GET and the list alike. */
export const customer = newCustomer.extend({ id: z.uuid(), createdAt: z.iso.datetime() })

function represent({ id, email, name, created_at }) {
  return { id, email, name, createdAt: created_at.toISOString() }
}

/**
 * `POST /customers`: a second one with the same e-mail is refused with 409, whoever wins a race.
 *
 * @param {{ store: import('@createonce/server/postgres').PostgresStore<import('pg').PoolClient>, log: import('@createonce/server').Logger }} service
 */
export function defineCreateCustomer({ store, log }) {
  return defineCreation({
    operation: 'createCustomer',
    store,
    log,
    principal: (request) => request.native.user,
    input: newCustomer,
    async create({ email, name }, { tx, principal }) {
      const { rows } = await tx.query('insert into customers (owner, email, name) values ($1, $2, $3) returning *', [
        principal,
        email,
        name,
      ])
      return created(rows[0])
    },
    // The unique rule of the table decides; `find` only tells which customer it is.
    duplicates: {
      policy: 'reject',
      naturalKey: ['email'],
      async find({ email }, { tx, principal }) {
        const { rows } = await tx.query('select * from customers where owner = $1 and email = $2', [principal, email])
        return rows[0]
      },
    },
    idempotency: 'optional',
    location: '/customers/{id}',
    represent,
    etag: etagOf,
    openapi: { summary: 'Create a customer', private: true },
  })
}

/** The routes of customers. */
export function routeCustomers(pool, createCustomer) {
  const routes = Router()
  routes.param('customerId', refuseUnlessUuid)

  routes
    .route('/customers')
    .post(toExpress(createCustomer))
    .get((request, response) =>
      answerPage(request, response, represent, async ({ after, limit }) => {
        const { rows } = await pool.query(
          `select * from customers where owner = $1
           and ($2::uuid is null or position < (select position from customers where id = $2))
           order by position desc limit $3`,
          [request.user, after, limit],
        )
        return rows
      }),
    )
    .all(otherMethods(createCustomer))

  routes.get('/customers/:customerId', async (request, response) => {
    const { rows } = await pool.query('select * from customers where id = $1 and owner = $2', [
      request.params.customerId,
      request.user,
    ])
    if (rows.length === 0) return answerProblem(response, 404, 'There is no such customer.')
    const representation = represent(rows[0])
    response.set('ETag', etagOf(representation)).json(representation)
  })

  routes.delete('/customers/:customerId', async (request, response) => {
    const { rowCount } = await pool.query('delete from customers where id = $1 and owner = $2', [
      request.params.customerId,
      request.user,
    ])
    if (rowCount === 0) return answerProblem(response, 404, 'There is no such customer.')
    response.status(204).end()
  })
  return routes
}
