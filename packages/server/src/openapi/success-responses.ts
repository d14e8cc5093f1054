import type { CreationDefinition } from '../creation/definition.ts'
import type { Components } from './components.ts'
import { headerOf } from './headers.ts'
import type { OpenApiObject } from './open-api-object.ts'

/** What is known of the content of a success. */
export interface Content {
  readonly schema: OpenApiObject | undefined
  readonly links: OpenApiObject
}

/** The answers of a creation that succeeds, by what one request brings into being. */
export function successResponses(
  definition: CreationDefinition,
  content: Content,
  components: Components,
): OpenApiObject {
  const { form, duplicates } = definition
  switch (form.kind) {
    case 'one': {
      const headers = headersOf(definition, components)
      return {
        201: createdOf(definition, content, headers),
        ...(duplicates === 'return-existing' && { 200: withContent(EXISTS, content, atContent(headers, components)) }),
      }
    }
    case 'put': {
      const headers = headersOf(definition, components)
      const { Location: _, ...others } = headers
      return {
        201: createdOf(definition, content, headers),
        ...(form.replaces && {
          200: withContent('Replaced.', content, atContent(others, components)),
          204: { description: 'Replaced, and answered without content as preferred.', headers: others },
        }),
      }
    }
    case 'bulk': {
      const { Location: _, ETag: __, ...headers } = headersOf(definition, components)
      const batch = { schema: batchOf(definition, content.schema, form.maxItems), links: {} }
      return {
        201: withContent('All of them are there; at least one was created.', batch, headers),
        ...(duplicates === 'return-existing' && {
          200: withContent('All of them exist already; nothing was created.', batch, headers),
        }),
      }
    }
  }
}

const EXISTS = 'It exists already; nothing was created.'

function headersOf({ idempotency, hasEtag, form }: CreationDefinition, components: Components): OpenApiObject {
  return {
    Location: headerOf('Location', true, components),
    // Of a PUT only where what is kept is what was sent (RFC 9110 §9.3.4).
    ...(hasEtag && { ETag: headerOf('ETag', form.kind !== 'put', components) }),
    ...(idempotency !== 'off' && { 'Idempotent-Replayed': headerOf('Idempotent-Replayed', false, components) }),
    'Preference-Applied': headerOf('Preference-Applied', false, components),
  }
}

/** With the address of the content, which is not sent where a client wanted none, or a replay has none. */
function atContent(headers: OpenApiObject, components: Components): OpenApiObject {
  return { ...headers, 'Content-Location': headerOf('Content-Location', false, components) }
}

function createdOf(definition: CreationDefinition, { schema, links }: Content, headers: OpenApiObject): OpenApiObject {
  const all = { ...links, ...definition.openapi.links }
  return {
    description: 'Created.',
    headers,
    content: { 'application/json': { ...(schema !== undefined && { schema }), ...examplesOf(definition) } },
    ...(Object.keys(all).length > 0 && { links: all }),
  }
}

function withContent(description: string, { schema }: Content, headers: OpenApiObject): OpenApiObject {
  return { description, headers, content: { 'application/json': { ...(schema !== undefined && { schema }) } } }
}

/** The representations in the order of the request, or what became of each, where that is preferred. */
function batchOf({ hasEtag }: CreationDefinition, schema: OpenApiObject | undefined, maxItems: number): OpenApiObject {
  const result = {
    type: 'object',
    required: ['status', 'location', ...(hasEtag ? ['etag'] : [])],
    properties: {
      status: { type: 'integer', enum: [200, 201] },
      location: { type: 'string', format: 'uri-reference' },
      ...(hasEtag && { etag: { type: 'string' } }),
    },
  }
  const list = (items: OpenApiObject) => ({ type: 'array', minItems: 1, maxItems, items })
  return { anyOf: [list(schema ?? {}), { ...list(result), description: 'Under `Prefer: return=minimal`.' }] }
}

function examplesOf({ openapi }: CreationDefinition): OpenApiObject {
  const answered = Object.entries(openapi.examples ?? {}).filter(
    ([, { representation }]) => representation !== undefined,
  )
  if (answered.length === 0) return {}
  return {
    examples: Object.fromEntries(
      answered.map(([name, { summary, representation }]) => [
        name,
        { ...(summary !== undefined && { summary }), value: representation },
      ]),
    ),
  }
}
