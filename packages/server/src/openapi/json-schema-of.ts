import type { CreationDefinition } from '../creation/definition.ts'
import type { DocumentedSchema } from '../creation/settings/openapi-settings.ts'
import type { OpenApiObject } from './open-api-object.ts'

/**
 * The JSON Schema of what clients send: the author's, or what the input schema says of itself.
 *
 * @throws TypeError where neither is there: a document that says nothing would be believed.
 */
export function inputSchemaOf({ operation, input, openapi }: CreationDefinition): OpenApiObject {
  if (openapi.input !== undefined) return written(openapi.input, 'input', `${operation}: openapi.input`)
  if (canWrite(input)) return written(input, 'input', `${operation}: input`)
  const { vendor } = input['~standard']
  const how =
    vendor === 'valibot'
      ? "wrap it: toStandardJsonSchema(schema) of '@valibot/to-json-schema'"
      : 'write it into openapi.input of the creation'
  throw new TypeError(`${operation}: its input, of ${vendor}, does not say its JSON Schema; ${how}.`)
}

/** The JSON Schema of what is answered, where the author says it. */
export function representationSchemaOf({ operation, openapi }: CreationDefinition): OpenApiObject | undefined {
  const { representation } = openapi
  return representation === undefined
    ? undefined
    : written(representation, 'output', `${operation}: openapi.representation`)
}

// A function may carry a schema too: those of ArkType are functions.
function canWrite(schema: object): schema is Extract<DocumentedSchema, { readonly '~standard': object }> {
  const { jsonSchema } = (schema as { '~standard'?: { jsonSchema?: { input?: unknown } } })['~standard'] ?? {}
  return typeof jsonSchema?.input === 'function'
}

function written(schema: DocumentedSchema, side: 'input' | 'output', name: string): OpenApiObject {
  if (!canWrite(schema)) {
    if (!('~standard' in schema)) return schema
    throw new TypeError(`${name} does not say its JSON Schema; give the JSON Schema itself.`)
  }
  try {
    return schema['~standard'].jsonSchema[side]({ target: 'draft-2020-12' })
  } catch (cause) {
    throw new TypeError(
      `${name} cannot be written as JSON Schema: ${cause instanceof Error ? cause.message : String(cause)}. Give the JSON Schema in openapi.${side === 'input' ? 'input' : 'representation'} of the creation.`,
      { cause },
    )
  }
}
