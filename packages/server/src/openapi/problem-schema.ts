import type { OpenApiObject } from './open-api-object.ts'

/** The JSON Schema of every problem of a creation (RFC 9457 §3.1). */
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
        required: ['pointer', 'detail'],
        properties: {
          pointer: {
            type: 'string',
            description: 'A JSON Pointer (RFC 6901) into the body; empty for the body itself.',
          },
          detail: { type: 'string' },
        },
      },
    },
    fields: {
      type: 'array',
      description: 'Of `duplicate-resource`: the members that the existing resource has in common.',
      items: { type: 'string' },
    },
    existing: {
      type: 'string',
      format: 'uri-reference',
      description: 'Of `duplicate-resource`: the existing resource, where the caller may see it.',
    },
  },
}
