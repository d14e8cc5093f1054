import type { JsonSchema } from '@createonce/verifier/document'
import { toPattern } from './accepts.ts'
import { isRecord } from './rooted.ts'

const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value)
const isFlag = (value: unknown) => typeof value === 'boolean'
const isSchema = (value: unknown) => typeof value === 'boolean' || isRecord(value)
const isSchemas = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isSchema)
const isSchemaMap = (value: unknown) => isRecord(value) && Object.values(value).every(isSchema)
const isNames = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string')
const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']
const isType = (value: unknown) =>
  [value].flat().length > 0 && [value].flat().every((one) => TYPES.includes(one as string))

/** The keywords that assert something, and what their values have to be. Others say nothing to a validator. */
const KEYWORDS: { readonly [keyword: string]: (value: unknown) => boolean } = {
  $ref: (value) => typeof value === 'string',
  $defs: isRecord,
  type: isType,
  const: () => true,
  enum: (value) => Array.isArray(value) && value.length > 0,
  properties: isSchemaMap,
  patternProperties: isSchemaMap,
  dependentSchemas: isSchemaMap,
  additionalProperties: isSchema,
  unevaluatedProperties: isSchema,
  propertyNames: isSchema,
  items: isSchema,
  prefixItems: isSchemas,
  unevaluatedItems: isSchema,
  contains: isSchema,
  ...Object.fromEntries(['not', 'if', 'then', 'else'].map((keyword) => [keyword, isSchema])),
  allOf: isSchemas,
  anyOf: isSchemas,
  oneOf: isSchemas,
  required: isNames,
  dependentRequired: (value) => isRecord(value) && Object.values(value).every(isNames),
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  multipleOf: (value) => isNumber(value) && (value as number) > 0,
  minLength: isCount,
  maxLength: isCount,
  minItems: isCount,
  maxItems: isCount,
  minContains: isCount,
  maxContains: isCount,
  minProperties: isCount,
  maxProperties: isCount,
  uniqueItems: isFlag,
  format: (value) => typeof value === 'string',
  pattern: (value) => toPattern(value) !== undefined,
}
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs'])

/**
 * The schema with only the keywords that a validator knows, and only where their values are what they have to be: real documents have
 * `required: true`, `minimum: "0"` and patterns of other languages. `warn` is told what was meant to say something and is left out.
 */
export function cleanSchema(schema: JsonSchema, warn: (what: string) => void, at = ''): JsonSchema {
  const out: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (!Object.hasOwn(KEYWORDS, keyword)) continue
    if (!KEYWORDS[keyword]!(value)) {
      warn(`${at}/${keyword} is left out: ${JSON.stringify(value)?.slice(0, 100)} is nothing that it could say`)
      continue
    }
    const place = `${at}/${keyword}`
    if (MAPS.has(keyword)) out[keyword] = cleanMap(value as JsonSchema, keyword, warn, place)
    else if (keyword !== 'enum' && Array.isArray(value))
      out[keyword] = value.map((one, index) => (isRecord(one) ? cleanSchema(one, warn, `${place}/${index}`) : one))
    else
      out[keyword] =
        keyword !== 'const' && isRecord(value) && keyword !== 'dependentRequired'
          ? cleanSchema(value, warn, place)
          : value
  }
  return out
}

function cleanMap(map: JsonSchema, keyword: string, warn: (what: string) => void, at: string): JsonSchema {
  const entries = Object.entries(map).filter(
    ([name]) => keyword !== 'patternProperties' || toPattern(name) !== undefined,
  )
  return Object.fromEntries(
    entries.map(([name, part]) => [name, isRecord(part) ? cleanSchema(part, warn, `${at}/${name}`) : part]),
  )
}
