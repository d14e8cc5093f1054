import type { CreationDefinition } from '../creation/definition.ts'
import type { Components } from './components.ts'
import { headerOf } from './headers.ts'
import type { OpenApiObject } from './open-api-object.ts'

/** What is known of the content of a success. */
export interface Content {
  readonly schema: OpenApiObject | undefined
  readonly links: OpenApiObject
}

/** The 201, and the 200 for a resource that exists. */
export function successResponses(
  definition: CreationDefinition,
  { schema, links }: Content,
  components: Components,
): OpenApiObject {
  const { idempotency, hasEtag, duplicates, openapi } = definition
  const headers = {
    Location: headerOf('Location', true, components),
    ...(hasEtag && { ETag: headerOf('ETag', true, components) }),
    ...(idempotency !== 'off' && { 'Idempotent-Replayed': headerOf('Idempotent-Replayed', false, components) }),
    'Preference-Applied': headerOf('Preference-Applied', false, components),
  }
  const content = (examples: OpenApiObject) => ({
    'application/json': { ...(schema !== undefined && { schema }), ...examples },
  })
  const allLinks = { ...links, ...openapi.links }
  return {
    201: {
      description: 'Created.',
      headers,
      content: content(examplesOf(definition)),
      ...(Object.keys(allLinks).length > 0 && { links: allLinks }),
    },
    ...(duplicates === 'return-existing' && {
      200: {
        description: 'It exists already; nothing was created.',
        headers: { ...headers, 'Content-Location': headerOf('Content-Location', false, components) },
        content: content({}),
      },
    }),
  }
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
