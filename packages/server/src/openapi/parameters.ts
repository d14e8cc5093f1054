import type { CreationDefinition } from '../creation/definition.ts'
import type { Components } from './components.ts'
import { inputSchemaOf } from './json-schema-of.ts'
import type { OpenApiObject } from './open-api-object.ts'
import { toDuration } from './to-duration.ts'

/**
 * The grammar of keys: 1 to 255 characters, bare or as a quoted string (RFC 9651 §3.3.3), where a quote and a backslash are
 * written with a backslash before them.
 */
const KEY_PATTERN = '^(?:[!#-+\\--:<-\\[\\]-~]{1,255}|"(?:[ !#-\\[\\]-~]|\\\\["\\\\]){1,255}")$'

/** The parameters of a creation: those of its path, then what the author adds, then the headers that it reads. */
export function parametersOf(
  definition: CreationDefinition,
  path: string | undefined,
  components: Components,
): OpenApiObject[] {
  const own = [...(definition.openapi.parameters ?? [])] as OpenApiObject[]
  const names = [...(path ?? '').matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name!)
  const inPath = names
    .filter((name) => !own.some((one) => one['in'] === 'path' && one['name'] === name))
    .map((name) => ({ name, in: 'path', required: true, schema: schemaOfName(definition, name) }))
  return [
    ...inPath,
    ...own,
    ...conditionsOf(definition, components),
    ...keyOf(definition, components),
    components.share('parameters', 'CreationPrefer', PREFER),
  ]
}

/** A parameter of the path is text, unless the input says more of it: the name of a PUT is one of its members. */
function schemaOfName(definition: CreationDefinition, name: string): OpenApiObject {
  const { form } = definition
  const known = form.kind === 'put' && form.name === name ? inputSchemaOf(definition)['properties']?.[name] : undefined
  // A reference would lead out of the schema that it is taken from.
  return known === undefined || JSON.stringify(known).includes('"$ref"') ? { type: 'string' } : known
}

function conditionsOf({ form }: CreationDefinition, components: Components): OpenApiObject[] {
  if (form.kind !== 'put') return []
  return CONDITIONS.map((condition) =>
    components.share('parameters', `Creation${condition.name.replaceAll('-', '')}`, condition),
  )
}

const CONDITIONS = [
  {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: '`*`: create, and refuse with 412 where something is there already (RFC 9110 §13.1.2).',
    schema: { type: 'string', examples: ['*'] },
  },
  {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The ETag of what is to be replaced; 412 where that is not what is there (RFC 9110 §13.1.1).',
    schema: { type: 'string' },
  },
]

function keyOf(definition: CreationDefinition, components: Components): OpenApiObject[] {
  const { idempotency, retention, replay, maxRecordedBytes } = definition
  if (idempotency === 'off') return []
  const duration = toDuration(retention)
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: idempotency === 'required',
    description: `A fresh random value, such as a UUID, for each new request, and the same one for its retries: 1 to 255 visible ASCII characters, bare or as a quoted string. A retry is answered as the first request was, with the header \`Idempotent-Replayed\`${withoutBody(definition)}. Keys are remembered for ${duration} (ISO 8601).`,
    schema: { type: 'string', minLength: 1, pattern: KEY_PATTERN, examples: ['8e03978e-40d5-43e8-bc93-6894a57f9324'] },
  }
  const kept = replay === 'reference' ? '.reference' : maxRecordedBytes === undefined ? '' : `.${maxRecordedBytes}`
  return [components.share('parameters', `CreationKey.${idempotency}.${duration}${kept}`, key)]
}

function withoutBody({ replay, maxRecordedBytes }: CreationDefinition): string {
  if (replay === 'reference') return ' and without its body'
  return maxRecordedBytes === undefined
    ? ''
    : `, and without its body where that has more than ${maxRecordedBytes} bytes`
}

const PREFER = {
  name: 'Prefer',
  in: 'header',
  required: false,
  description:
    '`return=minimal` asks for an answer without a body, `return=representation` for one with it (RFC 7240 §4.2).',
  schema: { type: 'string', examples: ['return=minimal'] },
}
