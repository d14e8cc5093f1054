import { created, defineCreation, etagOf, parentNotFound } from '@createonce/server'
import { toFastify } from '@createonce/server/fastify'
import { jsonSchema } from '@createonce/server/json-schema'
import { failure } from './failure.mjs'
import { page, pageQuery, pathOf, refused, toPage, uuid } from './schemas.mjs'

const cents = { type: 'integer', minimum: 1, maximum: 100_000 }
const text = { type: 'string', minLength: 1, maxLength: 200 }
const deposit = {
  type: 'object',
  properties: { id: uuid, accountId: uuid, cents, text, createdAt: { type: 'string', format: 'date-time' } },
  required: ['id', 'accountId', 'cents', 'text', 'createdAt'],
}

function represent({ id, accountId, cents, text, createdAt }) {
  return { id, accountId, cents, text, createdAt: createdAt.toISOString() }
}

/**
 * `POST /accounts/{accountId}/deposits`: the deposit, the account's balance and the memory of the key are committed together,
 * so that a retry never pays twice. Equal deposits are two deposits: only the key tells them from a retry.
 */
function defineCreateDeposit(store) {
  return defineCreation({
    operation: 'createDeposit',
    store,
    principal: (request) => request.native.user,
    input: jsonSchema({ type: 'object', properties: { cents, text }, required: ['cents', 'text'] }),
    async create({ cents, text }, { tx, principal, params: { accountId } }) {
      const { numUpdatedRows } = await tx
        .updateTable('accounts')
        .set((account) => ({ cents: account('cents', '+', cents) }))
        .where('id', '=', accountId)
        .where('owner', '=', principal)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return parentNotFound('There is no such account.')
      return created(
        await tx.insertInto('deposits').values({ accountId, cents, text }).returningAll().executeTakeFirstOrThrow(),
      )
    },
    duplicates: 'allow',
    idempotency: 'required',
    location: '/accounts/{accountId}/deposits/{id}',
    represent,
    etag: etagOf,
    openapi: { summary: 'Pay in', private: true },
  })
}

/** The routes of deposits, below those of an account. What was paid in stays: there is no DELETE. */
export function routeDeposits(routes, { db, store }) {
  const depositsOf = (owner, accountId) =>
    db
      .selectFrom('deposits')
      .innerJoin('accounts', 'accounts.id', 'deposits.accountId')
      .where('accounts.owner', '=', owner)
      .where('accounts.id', '=', accountId)
      .selectAll('deposits')

  routes.post(
    '/accounts/:accountId/deposits',
    { schema: { params: pathOf('accountId') } },
    toFastify(defineCreateDeposit(store)),
  )

  routes.get(
    '/accounts/:accountId/deposits',
    {
      schema: {
        operationId: 'listDeposits',
        params: pathOf('accountId'),
        querystring: pageQuery,
        response: { 200: page(deposit), ...refused },
      },
    },
    async ({ user, params: { accountId }, query: { after, limit } }) => {
      const rows = await depositsOf(user, accountId)
        .$if(after !== undefined, (query) => query.where('deposits.position', '<', after))
        .orderBy('deposits.position', 'desc')
        .limit(limit + 1)
        .execute()
      return toPage(rows, { limit, path: `/accounts/${accountId}/deposits`, represent })
    },
  )

  routes.get(
    '/accounts/:accountId/deposits/:depositId',
    {
      schema: {
        operationId: 'getDeposit',
        params: pathOf('accountId', 'depositId'),
        response: { 200: deposit, ...refused },
      },
    },
    async ({ user, params: { accountId, depositId } }, reply) => {
      const row = await depositsOf(user, accountId).where('deposits.id', '=', depositId).executeTakeFirst()
      if (row === undefined) throw failure(404, 'There is no such deposit.')
      const representation = represent(row)
      return reply.header('ETag', etagOf(representation)).send(representation)
    },
  )
}
