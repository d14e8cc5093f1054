import type { CreationDefinition } from '../creation/definition.ts'
import type { Components } from './components.ts'
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
    .map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  return [...inPath, ...own, ...keyOf(definition, components), components.share('parameters', 'CreationPrefer', PREFER)]
}

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
