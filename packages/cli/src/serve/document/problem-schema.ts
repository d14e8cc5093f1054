import type { OpenApiObject } from '@createonce/server/openapi'

/** RFC 9457 §3, in words that OpenAPI 3.0 and 3.1 share. */
export const problemSchema: OpenApiObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Ends in the stable code of the problem.' },
    title: { type: 'string', description: 'The same for every problem of this type.' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What was wrong with this request.' },
    requestId: { type: 'string', description: 'Leads to the log line.' },
    errors: {
      type: 'array',
      description: 'Of `invalid-input`: every fault.',
      items: {
        type: 'object',
        required: ['detail'],
        properties: { pointer: { type: 'string' }, parameter: { type: 'string' }, detail: { type: 'string' } },
      },
    },
    fields: { type: 'array', items: { type: 'string' } },
    existing: { type: 'string', format: 'uri-reference' },
  },
}
