import { effectiveSchema, type JsonSchema } from '@createonce/verifier/document'
import type { FormField } from './form-field.ts'
import { typeOf, typesOf } from './schema-parts.ts'

// RFC 8259 §6. The token itself is handed on, so that no digit is lost before somebody can say so.
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * The text of a field as JSON of the type that its schema wants. What is no such value stays text, and validation says
 * what is wrong with it; where text is allowed too, it stays text. Nothing becomes null.
 */
export function typedText({ text, isJson }: Omit<FormField, 'name'>, schema: JsonSchema, root: JsonSchema): string {
  const types = typesOf(schema, root)
  if (isJson) {
    const type = jsonTypeOf(text)
    if (type !== undefined && (types.size === 0 || types.has(type) || (type === 'integer' && types.has('number'))))
      return text
  }
  const { enum: values } = effectiveSchema(schema, root)
  if (Array.isArray(values) && !values.includes(text)) {
    const meant: unknown = values.find((value) => typeof value !== 'object' && String(value) === text)
    if (meant !== undefined) return JSON.stringify(meant)
  }
  if (types.size === 0 || types.has('string')) return JSON.stringify(text)
  if ((types.has('integer') || types.has('number')) && NUMBER.test(text)) return text
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text
  if (types.has('object') && jsonTypeOf(text) === 'object') return text
  if (types.has('array') && jsonTypeOf(text) === 'array') return text
  return JSON.stringify(text)
}

/** The type of a JSON text; undefined for what is none. */
export function jsonTypeOf(text: string): ReturnType<typeof typeOf> | undefined {
  try {
    return typeOf(JSON.parse(text))
  } catch {
    return undefined
  }
}
