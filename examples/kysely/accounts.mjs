import { created, defineCreation, etagOf } from '@createonce/server'
import { toFastify } from '@createonce/server/fastify'
import { jsonSchema } from '@createonce/server/json-schema'
import { failure } from './failure.mjs'
import { page, pageQuery, pathOf, refused, toPage, uuid } from './schemas.mjs'

const name = { type: 'string', minLength: 1, maxLength: 100, pattern: '\\S' }
const account = {
  type: 'object',
  properties: { id: uuid, name, cents: { type: 'integer' } },
  required: ['id', 'name', 'cents'],
}

function represent({ id, name, cents }) {
  return { id, name, cents }
}

/** `POST /accounts`: who opens an account by a name that they have used already gets the account that exists. */
function defineCreateAccount(store) {
  return defineCreation({
    operation: 'createAccount',
    store,
    principal: (request) => request.native.user,
    input: jsonSchema({ type: 'object', properties: { name }, required: ['name'] }),
    async create({ name }, { tx, principal }) {
      const values = { owner: principal, name }
      return created(await tx.insertInto('accounts').values(values).returningAll().executeTakeFirstOrThrow())
    },
    // The unique rule of the table decides; `find` only tells which account it is.
    duplicates: {
      policy: 'return-existing',
      naturalKey: ['name'],
      find: ({ name }, { tx, principal }) =>
        tx
          .selectFrom('accounts')
          .selectAll()
          .where('owner', '=', principal)
          .where('name', '=', name)
          .executeTakeFirst(),
    },
    idempotency: 'optional',
    location: '/accounts/{id}',
    represent,
    etag: etagOf,
    openapi: { summary: 'Open an account', private: true },
  })
}

/** The routes of accounts. */
export function routeAccounts(routes, { db, store }) {
  routes.post('/accounts', toFastify(defineCreateAccount(store)))

  routes.get(
    '/accounts',
    { schema: { operationId: 'listAccounts', querystring: pageQuery, response: { 200: page(account), ...refused } } },
    async ({ user, query: { after, limit } }) => {
      const rows = await db
        .selectFrom('accounts')
        .selectAll()
        .where('owner', '=', user)
        .$if(after !== undefined, (query) => query.where('position', '<', after))
        .orderBy('position', 'desc')
        .limit(limit + 1)
        .execute()
      return toPage(rows, { limit, path: '/accounts', represent })
    },
  )

  routes.get(
    '/accounts/:accountId',
    { schema: { operationId: 'getAccount', params: pathOf('accountId'), response: { 200: account, ...refused } } },
    async ({ user, params }, reply) => {
      const row = await db
        .selectFrom('accounts')
        .selectAll()
        .where('id', '=', params.accountId)
        .where('owner', '=', user)
        .executeTakeFirst()
      if (row === undefined) throw failure(404, 'There is no such account.')
      const representation = represent(row)
      return reply.header('ETag', etagOf(representation)).send(representation)
    },
  )

  routes.delete(
    '/accounts/:accountId',
    {
      schema: {
        operationId: 'deleteAccount',
        params: pathOf('accountId'),
        response: { 204: { type: 'null', description: 'Deleted.' }, ...refused },
      },
    },
    async ({ user, params }, reply) => {
      const { numDeletedRows } = await db
        .deleteFrom('accounts')
        .where('id', '=', params.accountId)
        .where('owner', '=', user)
        .executeTakeFirst()
      if (numDeletedRows === 0n) throw failure(404, 'There is no such account.')
      return reply.code(204).send()
    },
  )
}
