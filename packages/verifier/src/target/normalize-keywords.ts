import { isRecord, type JsonObject } from './is-record.ts'
import { lenientRegExp } from './lenient-reg-exp.ts'

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'])

const NUMBERS = new Set(['multipleOf', 'maximum', 'minimum', 'exclusiveMaximum', 'exclusiveMinimum'])
const COUNTS = new Set([
  'maxLength',
  'minLength',
  'maxItems',
  'minItems',
  'maxProperties',
  'minProperties',
  'maxContains',
  'minContains',
])
const COPIED = new Set([
  'const',
  'default',
  'format',
  'title',
  'description',
  'readOnly',
  'writeOnly',
  'deprecated',
  'uniqueItems',
  'dependentRequired',
  'contentEncoding',
  'contentMediaType',
])

/**
 * The keywords of one schema object that hold no schemas, brought to draft 2020-12 and cleaned of what no validator
 * could use: documents in the wild carry `required: true`, `type: "any"` and patterns of other languages.
 */
export function normalizeKeywords(schema: JsonObject): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (COPIED.has(keyword) || keyword.startsWith('x-')) out[keyword] = value
    else if (NUMBERS.has(keyword) && typeof value === 'number' && Number.isFinite(value)) out[keyword] = value
    else if (COUNTS.has(keyword) && typeof value === 'number' && value >= 0) out[keyword] = value
  }
  if (out['multipleOf'] !== undefined && !((out['multipleOf'] as number) > 0)) delete out['multipleOf']
  if (typeof out['format'] !== 'string') delete out['format']
  addExclusiveLimits(schema, out)
  addType(schema, out)
  addLists(schema, out)
  addPattern(schema, out)
  addExamples(schema, out)
  return out
}

/** Before 3.1, `exclusiveMinimum: true` said how `minimum` was meant. */
function addExclusiveLimits(schema: JsonObject, out: Record<string, unknown>): void {
  for (const [flag, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (schema[flag] === true && out[limit] !== undefined) {
      out[flag] = out[limit]
      delete out[limit]
    }
  }
}

function addType(schema: JsonObject, out: Record<string, unknown>): void {
  const declared = Array.isArray(schema['type']) ? schema['type'] : [schema['type']]
  const types = [...new Set(declared.map((type) => (type === 'file' ? 'string' : type)))].filter((type) =>
    TYPES.has(type as string),
  )
  if (types.length > 0) out['type'] = types.length === 1 ? types[0] : types
  if (schema['type'] === 'file' || (schema['type'] === 'string' && schema['format'] === 'byte')) {
    out['contentEncoding'] ??= 'base64'
    delete out['format']
  }
}

function addLists(schema: JsonObject, out: Record<string, unknown>): void {
  const { enum: values, required } = schema
  if (Array.isArray(values) && values.length > 0) out['enum'] = values
  if (Array.isArray(required)) {
    const names = [...new Set(required.filter((name) => typeof name === 'string'))]
    if (names.length > 0) out['required'] = names
  }
  if (!isRecord(out['dependentRequired'])) delete out['dependentRequired']
}

function addPattern(schema: JsonObject, out: Record<string, unknown>): void {
  const { pattern } = schema
  if (typeof pattern !== 'string') return
  // Authors of JavaScript and PHP APIs write the delimiters into the pattern.
  const delimited = /^\/(.*)\/[a-z]*$/s.exec(pattern)?.[1]
  const source = delimited?.startsWith('^') ? delimited : pattern
  try {
    lenientRegExp(source, 'u')
    out['pattern'] = source
  } catch {
    out['x-unusable-pattern'] = pattern
  }
}

function addExamples(schema: JsonObject, out: Record<string, unknown>): void {
  const listed = Array.isArray(schema['examples']) ? schema['examples'] : []
  const examples = schema['example'] === undefined ? listed : [schema['example'], ...listed]
  if (examples.length > 0) out['examples'] = examples
}
