import { withCreations } from '@createonce/server/openapi'
import { z } from 'zod'
import { bookmark } from './bookmarks.mjs'

/** The OpenAPI document: reads, list and delete as they are written here, the creation as it is defined. */
export function describeApi({ createBookmark }) {
  return withCreations(written, { 'POST /bookmarks': createBookmark })
}

const problem = (description) => ({
  description,
  content: { 'application/problem+json': { schema: { type: 'object' } } },
})
const json = (description, schema) => ({ description, content: { 'application/json': { schema } } })
const aBookmark = { $ref: '#/components/schemas/Bookmark' }
const missing = problem('There is no such bookmark.')

const written = {
  openapi: '3.1.0',
  info: { title: 'Bookmarks', version: '1.0.0' },
  paths: {
    '/bookmarks': {
      get: {
        operationId: 'listBookmarks',
        parameters: [
          { name: 'after', in: 'query', schema: { type: 'string', format: 'uuid' } },
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
        ],
        responses: {
          200: json('The newest first; `next` is where the next page is.', {
            type: 'object',
            required: ['items'],
            properties: { items: { type: 'array', items: aBookmark }, next: { type: 'string' } },
          }),
          400: problem('The query is not valid.'),
        },
      },
    },
    '/bookmarks/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
      get: { operationId: 'getBookmark', responses: { 200: json('It.', aBookmark), 404: missing } },
      delete: { operationId: 'deleteBookmark', responses: { 204: { description: 'Deleted.' }, 404: missing } },
    },
  },
  components: { schemas: { Bookmark: z.toJSONSchema(bookmark) } },
}
