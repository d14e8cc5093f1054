import type { OpenApiObject } from './open-api-object.ts'
import { resolveRef } from './resolve-ref.ts'
import { sameJson } from './same-json.ts'

/** Adds our media types to theirs; two schemas that differ cannot both be true, so they are an error. */
export function mergeContent(
  document: OpenApiObject,
  theirs: OpenApiObject,
  ours: OpenApiObject,
  where: string,
): OpenApiObject {
  const merged = { ...theirs }
  for (const [type, content] of Object.entries<OpenApiObject>(ours)) {
    const { schema, ...others } = (theirs[type] ?? {}) as OpenApiObject
    // An empty schema says nothing, so it contradicts nothing.
    const isSaid = schema !== undefined && Object.keys(schema).length > 0
    if (isSaid && content['schema'] !== undefined && !isSame(document, schema, content['schema'])) {
      throw new TypeError(
        `${where}, ${type}: the document has the schema ${shown(schema)}, the creation ${shown(content['schema'])}. Leave out that of the document, or name it in the creation: openapi.input and openapi.representation take { $ref: '#/components/schemas/…' }.`,
      )
    }
    merged[type] = { ...content, ...others, ...(isSaid && { schema }) }
  }
  return merged
}

function isSame(document: OpenApiObject, one: OpenApiObject, other: OpenApiObject): boolean {
  return sameJson(one, other) || sameJson(resolveRef(document, one) ?? one, resolveRef(document, other) ?? other)
}

// A message names a schema, it does not print all of it.
function shown(schema: OpenApiObject): string {
  const text = JSON.stringify(schema)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
