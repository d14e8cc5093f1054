import { effectiveSchema } from './effective-schema.ts'
import { isFormMediaType } from './form-media-type.ts'
import { inferSchema } from './infer-schema.ts'
import { isFile } from './is-file.ts'
import { isRecord, type JsonObject } from './is-record.ts'
import { examplesOf, type Operation } from './list-operations.ts'
import { resolveObject } from './resolve-object.ts'
import type { Creation, JsonSchema } from './target.ts'
import { toStandaloneSchema } from './to-standalone-schema.ts'

/** The JSON body of an operation, or why there is none that could be made. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly body: NonNullable<Creation['body']> }
  /** A form whose fields are text: no file has to be sent with it. */
  | { readonly kind: 'form'; readonly body: NonNullable<Creation['body']> }
  | { readonly kind: 'not-json'; readonly mediaTypes: readonly string[] }
  | { readonly kind: 'broken'; readonly references: readonly string[] }

/** Reads what an operation wants as its body; JSON is preferred to anything else that it takes. */
export function requestBodyOf(document: JsonObject, operation: Operation): RequestBody {
  const { requestBody } = operation
  const content = requestBody !== undefined && isRecord(requestBody['content']) ? requestBody['content'] : {}
  const mediaTypes = Object.keys(content)
  if (requestBody === undefined || mediaTypes.length === 0) return { kind: 'none' }
  const json = pickJson(mediaTypes)
  const chosen = json ?? mediaTypes.find(isFormMediaType)
  if (chosen === undefined) return { kind: 'not-json', mediaTypes }
  const media = resolveObject(document, content[chosen]) ?? {}
  const examples = examplesOf(document, media)
  const { schema, broken } = toStandaloneSchema(document, media['schema'], 'request')
  if (broken.length > 0) return { kind: 'broken', references: broken }
  if (json === undefined && !isTextForm(schema)) return { kind: 'not-json', mediaTypes }
  const deep = json === undefined ? deepMembersOf(media['encoding']) : []
  const saysNothing = Object.keys(schema).length === 0 && examples.length > 0
  return {
    kind: json === undefined ? 'form' : 'json',
    body: {
      mediaType: chosen.includes('*') ? 'application/json' : chosen,
      required: requestBody['required'] === true,
      // An example alone still shows the members and their types.
      schema: saysNothing ? inferSchema(examples[0]) : schema,
      examples,
      ...(deep.length > 0 ? { deep } : {}),
    },
  }
}

function deepMembersOf(encoding: unknown): readonly string[] {
  if (!isRecord(encoding)) return []
  return Object.keys(encoding).filter((name) => isRecord(encoding[name]) && encoding[name]['style'] === 'deepObject')
}

/** Whether a form has fields at all, and none that is a file and has to be sent. */
function isTextForm(schema: JsonSchema): boolean {
  const { properties, required } = effectiveSchema(schema, schema)
  if (!isRecord(properties)) return false
  const needed = Array.isArray(required) ? required : []
  return needed.every((name) => !isFile(effectiveSchema(properties[name], schema)))
}

function pickJson(types: readonly string[]): string | undefined {
  const bare = (type: string) => type.split(';')[0]?.trim().toLowerCase() ?? ''
  return (
    types.find((type) => bare(type) === 'application/json') ??
    types.find((type) => bare(type).endsWith('+json') && !bare(type).includes('patch')) ??
    types.find((type) => bare(type) === 'text/json' || bare(type) === '*/*' || bare(type) === 'application/*')
  )
}
