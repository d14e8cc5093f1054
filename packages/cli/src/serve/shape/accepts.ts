import type { JsonSchema } from '@createonce/verifier/document'
import { canonicalJson } from '../rows/canonical-json.ts'
import { FORMATS } from './formats.ts'
import { flat, isRecord, propertyOf, requiredOf } from './rooted.ts'

// Deeper than any body that a client may send.
const MAX_DEPTH = 64
// Choices within choices double the work at each level; what takes more steps than this is not accepted.
const MAX_STEPS = 20_000

/** How many steps may still be taken. */
export interface Budget {
  left: number
}

/**
 * Tells whether a value is what a part of a schema allows. For choosing between branches and for looking at what was
 * shaped, thousands of parts at a start: compiling each would take longer than all of them. Keywords that are met
 * nowhere in practice (`contains`, `dependentSchemas`, …) are not looked at; inputs are judged by the compiled schema.
 */
export function accepts(
  schema: unknown,
  value: unknown,
  root: JsonSchema,
  budget: Budget = { left: MAX_STEPS },
  depth = 0,
): boolean {
  if (typeof schema === 'boolean') return schema
  if (depth > MAX_DEPTH || --budget.left < 0) return false
  const s = flat(schema, root)
  const inner = (part: unknown, of: unknown) => accepts(part, of, root, budget, depth + 1)
  if (!acceptsScalar(s, value)) return false
  if (s['not'] !== undefined && inner(s['not'], value)) return false
  if (Array.isArray(s['anyOf']) && !s['anyOf'].some((branch) => inner(branch, value))) return false
  if (Array.isArray(s['oneOf']) && s['oneOf'].filter((branch) => inner(branch, value)).length !== 1) return false
  if (s['if'] !== undefined) {
    const then = inner(s['if'], value) ? s['then'] : s['else']
    if (then !== undefined && !inner(then, value)) return false
  }
  if (Array.isArray(value)) return acceptsItems(s, value, inner)
  return !isRecord(value) || acceptsMembers(s, value, inner)
}

/** The keywords that look at the value alone, not into it. */
export function acceptsScalar(s: JsonSchema, value: unknown): boolean {
  const types = s['type'] === undefined ? [] : [s['type']].flat()
  if (types.length > 0 && !types.some((type) => isType(type, value))) return false
  if ('const' in s && !isSame(s['const'], value)) return false
  if (Array.isArray(s['enum']) && !s['enum'].some((one) => isSame(one, value))) return false
  if (typeof value === 'number') return acceptsNumber(s, value)
  if (typeof value === 'string') return acceptsText(s, value)
  return true
}

/** Whether two JSON values are equal, whatever the order of members. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => isSame(one, b[index]))
  if (!isRecord(a) || !isRecord(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  )
}

/** The expression of a `pattern` as ECMA-262 has it, in the strict or the old grammar; undefined where it is none. */
export function toPattern(source: unknown): RegExp | undefined {
  if (typeof source !== 'string') return undefined
  if (!patterns.has(source)) {
    if (patterns.size >= MAX_PATTERNS) patterns.clear()
    patterns.set(source, compilePattern(source))
  }
  return patterns.get(source)
}

// They are asked for with each body. More than a document has; those of one that was served before are let go.
const MAX_PATTERNS = 10_000
const patterns = new Map<string, RegExp | undefined>()

function compilePattern(source: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, flags)
    } catch {}
  }
  return undefined
}

function isType(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isRecord(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

function acceptsNumber(s: JsonSchema, value: number): boolean {
  const limit = (name: string) => (typeof s[name] === 'number' ? (s[name] as number) : undefined)
  const multiple = limit('multipleOf')
  // 0.07 is no multiple of 0.01 to the last bit.
  const isMultiple = multiple === undefined || Math.abs(value / multiple - Math.round(value / multiple)) < 1e-6
  return (
    isMultiple &&
    value >= (limit('minimum') ?? -Infinity) &&
    value <= (limit('maximum') ?? Infinity) &&
    value > (limit('exclusiveMinimum') ?? -Infinity) &&
    value < (limit('exclusiveMaximum') ?? Infinity) &&
    (s['format'] !== 'int32' || (value >= -(2 ** 31) && value < 2 ** 31))
  )
}

function acceptsText(s: JsonSchema, value: string): boolean {
  const length = [...value].length
  if (length < ((s['minLength'] as number) ?? 0) || length > ((s['maxLength'] as number) ?? Infinity)) return false
  if (toPattern(s['pattern'])?.test(value) === false) return false
  const format = typeof s['format'] === 'string' ? s['format'].toLowerCase() : ''
  return !Object.hasOwn(FORMATS, format) || FORMATS[format]!(value)
}

type Inner = (part: unknown, value: unknown) => boolean

function acceptsItems(s: JsonSchema, value: readonly unknown[], inner: Inner): boolean {
  if (value.length < ((s['minItems'] as number) ?? 0) || value.length > ((s['maxItems'] as number) ?? Infinity))
    return false
  if (s['uniqueItems'] === true && new Set(value.map(canonicalJson)).size < value.length) return false
  const tuple = Array.isArray(s['prefixItems']) ? s['prefixItems'] : []
  return value.every((item, at) => inner(at < tuple.length ? tuple[at] : (s['items'] ?? true), item))
}

function acceptsMembers(s: JsonSchema, value: { readonly [member: string]: unknown }, inner: Inner): boolean {
  const names = Object.keys(value)
  if (
    names.length < ((s['minProperties'] as number) ?? 0) ||
    names.length > ((s['maxProperties'] as number) ?? Infinity)
  )
    return false
  if (requiredOf(s).some((name) => !Object.hasOwn(value, name))) return false
  const patterns = isRecord(s['patternProperties']) ? Object.entries(s['patternProperties']) : []
  return names.every((name) => {
    if (s['propertyNames'] !== undefined && !inner(s['propertyNames'], name)) return false
    const own = propertyOf(s, name)
    const matching = patterns.filter(([pattern]) => toPattern(pattern)?.test(name) === true).map(([, part]) => part)
    const parts = own === undefined ? matching : [own, ...matching]
    return (parts.length > 0 ? parts : [s['additionalProperties'] ?? true]).every((part) => inner(part, value[name]))
  })
}
