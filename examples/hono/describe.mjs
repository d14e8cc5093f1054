// What the document says of the routes beside the creation.
import { toJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { contact } from './create-contact.mjs'

const json = (description, schema) => ({
  description,
  content: { 'application/json': { schema: toJsonSchema(schema) } },
})
const problem = (description) => ({
  description,
  content: { 'application/problem+json': { schema: { type: 'object' } } },
})
const unauthorized = problem('The bearer token is missing or unknown.')
const notFound = problem('There is no such contact.')

export const read = {
  operationId: 'getContact',
  responses: { 200: json('It.', contact), 401: unauthorized, 404: notFound },
}

export const removed = {
  operationId: 'deleteContact',
  responses: { 204: { description: 'Deleted.' }, 401: unauthorized, 404: notFound },
}

export const listed = {
  operationId: 'listContacts',
  parameters: [
    { name: 'after', in: 'query', schema: { type: 'integer', minimum: 0 } },
    { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
  ],
  responses: {
    200: json(
      'The newest first; `next` is where the next page is.',
      v.object({ items: v.array(contact), next: v.optional(v.string()) }),
    ),
    400: problem('The query is not valid.'),
    401: unauthorized,
  },
}
