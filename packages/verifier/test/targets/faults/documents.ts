import type { DeclaredCreate } from '../bookshop.ts'
import { type Fault, fault } from './fault.ts'

type Content = Readonly<Record<string, { readonly schema?: object }>>
type Response = { readonly content?: Content; readonly [member: string]: unknown }

/** Declares other responses. */
function declaring(change: (responses: Readonly<Record<string, Response>>) => Readonly<Record<string, Response>>): {
  declares: (operation: DeclaredCreate) => DeclaredCreate
} {
  return {
    declares: (one) => ({ ...one, responses: change(one.responses as Readonly<Record<string, Response>>) }),
  }
}

/** A response with another schema for its content. */
function withSchema(response: Response | undefined, change: (schema: object) => object): Response {
  const content = Object.entries(response?.content ?? {}).map(([type, media]) => {
    return [type, { ...media, schema: change(media.schema ?? {}) }]
  })
  return { ...response, content: Object.fromEntries(content) }
}

/** What documents say otherwise than the service does; the services are right. */
export const documentFaults: readonly Fault[] = [
  fault(
    'documents 200 for 201',
    'doc-201-and-location',
    'plain, JSON:API, optional keys',
    declaring(({ 201: created = {}, ...others }) => ({ ...others, 200: created })),
  ),
  fault(
    'documents 201 for 202',
    'doc-201-and-location',
    'accepts only',
    declaring(({ 202: accepted = {}, ...others }) => ({ ...others, 201: accepted })),
    // A 202 that is not documented is a create that answers no 201.
    'created-status-201',
  ),
  fault(
    'documents 201 for 204',
    'doc-201-and-location',
    'no content',
    declaring(({ 204: done = {}, ...others }) => ({ ...others, 201: done })),
    // A 204 that is documented is excused.
    'created-status-201',
  ),
  fault(
    'documents XML',
    'doc-201-and-location',
    'uuids, whole Fastify',
    declaring((responses) => ({ ...responses, 201: { description: '', content: { 'application/xml': {} } } })),
  ),
  fault(
    'documents the conflict alone',
    'doc-errors-declared',
    'uuids, required keys',
    declaring(({ '4XX': _, ...others }) => others),
  ),
  fault(
    'documents refusals as text',
    'doc-errors-declared',
    'plain, JSON:API, result envelope',
    declaring((responses) => ({ ...responses, '4XX': { description: '', content: { 'text/plain': {} } } })),
  ),
  fault(
    'requires a member of answers that they lack',
    'doc-body-conforms',
    'plain, data envelope, cursors',
    declaring((responses) => ({
      ...responses,
      201: withSchema(responses['201'], (schema) => ({ ...schema, required: ['rating'] })),
    })),
  ),
  fault(
    'documents answers as a list',
    'doc-body-conforms',
    'uuids, HAL',
    declaring((responses) => ({
      ...responses,
      201: withSchema(responses['201'], (items) => ({ type: 'array', items })),
    })),
  ),
  fault(
    'requires a member of refusals that they lack',
    'doc-body-conforms',
    'plain, soft validation',
    declaring((responses) => ({
      ...responses,
      '4XX': withSchema(responses['4XX'], (schema) => ({ ...schema, required: ['fault'] })),
    })),
  ),
  fault('an example of another kind of thing', 'doc-body-conforms', 'plain, data envelope, quoted keys', {
    declares: (one) => {
      const content = Object.entries(one.requestBody.content)
      const example = { seats: 4, doors: 'five' }
      return {
        ...one,
        requestBody: {
          required: true,
          content: Object.fromEntries(content.map(([type, media]) => [type, { ...media, example }])),
        },
      }
    },
  }),
  fault('a key that is not documented', 'doc-idempotency-policy', 'optional keys, required keys, keys below parents', {
    declares: (one) => ({ ...one, parameters: [] }),
  }),
]
