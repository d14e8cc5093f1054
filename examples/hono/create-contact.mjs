import { randomUUID } from 'node:crypto'
import { created, defineCreation, etagOf } from '@createonce/server'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'

const fields = {
  name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(200)),
  email: v.pipe(v.string(), v.email(), v.maxLength(200)),
}

/** What is answered for a contact, by POST, GET and the list alike. */
export const contact = v.strictObject({ id: v.pipe(v.string(), v.uuid()), ...fields })

export function represent({ id, name, email }) {
  return { id, name, email }
}

/** `POST /contacts`: each caller has contacts of their own, and one for each address. */
export function defineCreateContact(store) {
  return defineCreation({
    operation: 'createContact',
    store,
    principal: (request) => request.native.get('user'),
    input: toStandardJsonSchema(v.strictObject(fields)),
    create({ name, email }, { tx, principal }) {
      const contact = { id: randomUUID(), owner: principal, name, email }
      tx.prepare('insert into contacts (id, owner, name, email) values (:id, :owner, :name, :email)').run(contact)
      return created(contact)
    },
    // The unique rule of the table decides; `find` only tells which contact it is.
    duplicates: {
      policy: 'reject',
      naturalKey: ['email'],
      find: ({ email }, { tx, principal }) =>
        tx.prepare('select * from contacts where owner = ? and email = ?').get(principal, email),
    },
    idempotency: 'optional',
    location: '/contacts/{id}',
    represent,
    etag: etagOf,
    openapi: {
      summary: 'Add a contact',
      private: true,
      representation: toStandardJsonSchema(contact),
      responses: {
        401: {
          description: 'The bearer token is missing or unknown.',
          content: { 'application/problem+json': { schema: { type: 'object' } } },
        },
      },
    },
  })
}
