import { type JsonSchema, mergeSchemas } from '@createonce/verifier/document'
import { canonicalJson } from '../rows/canonical-json.ts'
import { accepts, acceptsScalar, type Budget, isSame, toPattern } from './accepts.ts'
import { convertScalar } from './convert-scalar.ts'
import { isHidden } from './is-hidden.ts'
import { branchesOf, flat, isRecord, propertiesOf, propertyOf, requiredOf, typesOf } from './rooted.ts'
import { type Moment, NONE, smallest } from './smallest.ts'

// Deeper than any body that a client may send.
const MAX_DEPTH = 64
// Choices within choices double the work at each level: so much is done for a value, and for each part of it.
const STEPS = 10_000
const STEPS_PER_PART = 20
// A choice between choices of one value; more levels are a circle.
const MAX_CHOICES = 6

/** What a member gets that is required and that the value has not; undefined where nothing is known of it. */
export type Missing = (name: string, schema: JsonSchema) => unknown

/** How a value is fitted. */
export interface Fitting {
  readonly root: JsonSchema
  readonly moment: Moment
  readonly missing?: Missing
}

/**
 * The value as a part of a schema allows it: members that it forbids, or that do not fit where they need not be, are left out,
 * as are those that are never answered (`writeOnly`, passwords); numbers become their text and the like; what is
 * required and missing is the smallest that there is. NONE where there is no way.
 */
export function fit(schema: unknown, value: unknown, fitting: Fitting): unknown {
  const budget = { left: STEPS + STEPS_PER_PART * partsOf(value) }
  return fitPart(schema, value, { ...fitting, budget }, 0)
}

type Bounded = Fitting & { readonly budget: Budget }

/** How many values are in a value. */
function partsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, one) => sum + partsOf(one), 1)
}

function fitPart(schema: unknown, value: unknown, fitting: Bounded, depth: number, choices = 0): unknown {
  if (schema === false || depth > MAX_DEPTH || --fitting.budget.left < 0) return NONE
  const s = flat(schema, fitting.root)
  const branches = branchesOf(s)
  if (branches.length > 0 && choices >= MAX_CHOICES) return NONE
  if (branches.length > 0) return fitBranch(s, branches, value, fitting, depth, choices + 1)
  if (s['if'] !== undefined) return fitCondition(s, value, fitting, depth)
  const types = typesOf(s)
  if (isRecord(value) && (types.length === 0 || types.includes('object'))) return fitObject(s, value, fitting, depth)
  if (Array.isArray(value) && (types.length === 0 || types.includes('array'))) return fitList(s, value, fitting, depth)
  const scalar = convertScalar(s, types, value)
  if (scalar !== NONE) return scalar
  // A view of what is only named: `{ id }` for an id.
  if (types.includes('object') && (typeof value === 'string' || typeof value === 'number')) {
    const name = ['id', '_id', 'uuid'].find((one) => propertyOf(s, one) !== undefined)
    return name === undefined ? NONE : fitObject(s, { [name]: value }, fitting, depth)
  }
  return NONE
}

/** The branch that takes most of the value, and, of `oneOf`, that is the only one. */
function fitBranch(
  s: JsonSchema,
  branches: readonly unknown[],
  value: unknown,
  fitting: Bounded,
  depth: number,
  choices: number,
) {
  const { oneOf, anyOf, ...rest } = s
  const base = oneOf !== undefined && anyOf !== undefined ? { ...rest, anyOf } : rest
  let best: unknown = NONE
  let score = -1
  for (const branch of branches) {
    const fitted = fitPart(mergeSchemas(base, flat(branch, fitting.root)), value, fitting, depth + 1, choices)
    if (fitted === NONE) continue
    const kept = sameness(value, fitted) + (accepts(s, fitted, fitting.root, fitting.budget) ? 1_000 : 0)
    if (kept > score) [best, score] = [fitted, kept]
  }
  return best
}

/** How much of a value is still there. */
function sameness(value: unknown, fitted: unknown): number {
  if (isSame(value, fitted)) return 500
  if (!isRecord(value) || !isRecord(fitted)) return 0
  return Object.keys(value).filter((name) => Object.hasOwn(fitted, name) && isSame(value[name], fitted[name])).length
}

function fitCondition(s: JsonSchema, value: unknown, fitting: Bounded, depth: number): unknown {
  const { if: condition, then, else: otherwise, ...rest } = s
  const more = accepts(condition, value, fitting.root, fitting.budget) ? then : otherwise
  return fitPart(more === undefined ? rest : mergeSchemas(rest, flat(more, fitting.root)), value, fitting, depth + 1)
}

function fitObject(
  s: JsonSchema,
  value: { readonly [member: string]: unknown },
  fitting: Bounded,
  depth: number,
): unknown {
  const out = new Map<string, unknown>()
  for (const [name, member] of Object.entries(value)) {
    const part = partFor(s, name)
    if (part === false || isHidden(flat(part, fitting.root), name)) continue
    const fitted = fitPart(part, member, fitting, depth + 1)
    if (fitted !== NONE) out.set(name, fitted)
  }
  for (const name of requiredOf(s)) {
    if (out.has(name)) continue
    const part = partFor(s, name)
    const known = fitting.missing?.(name, flat(part, fitting.root))
    const fitted = known === undefined ? NONE : fitPart(part, known, fitting, depth + 1)
    const made = fitted === NONE ? smallest(part, fitting.root, fitting.moment) : fitted
    if (made === NONE) return NONE
    out.set(name, made)
  }
  const max = s['maxProperties']
  if (typeof max === 'number') {
    const spare = [...out.keys()].filter((name) => !requiredOf(s).includes(name)).reverse()
    for (const name of spare) if (out.size > max) out.delete(name)
  }
  const fitted = Object.fromEntries(out)
  return acceptsScalar(s, fitted) ? fitted : NONE
}

/** What a schema says of a member; false where it forbids it. */
function partFor(s: JsonSchema, name: string): unknown {
  const own = propertyOf(s, name)
  if (own !== undefined) return own
  const patterns = isRecord(s['patternProperties']) ? Object.entries(s['patternProperties']) : []
  const matching = patterns.find(([pattern]) => toPattern(pattern)?.test(name) === true)
  return matching?.[1] ?? s['additionalProperties'] ?? s['unevaluatedProperties'] ?? true
}

function fitList(s: JsonSchema, value: readonly unknown[], fitting: Bounded, depth: number): unknown {
  const tuple = Array.isArray(s['prefixItems']) ? s['prefixItems'] : []
  const partAt = (at: number) => (at < tuple.length ? tuple[at] : (s['items'] ?? true))
  const out: unknown[] = []
  // As texts: comparing each item with every other one takes minutes for a body of the usual limit.
  const seen = new Set<string>()
  for (const item of value) {
    const fitted = fitPart(partAt(out.length), item, fitting, depth + 1)
    if (fitted === NONE) continue
    if (s['uniqueItems'] === true) {
      const text = canonicalJson(fitted)
      if (seen.has(text)) continue
      seen.add(text)
    }
    if (out.length < ((s['maxItems'] as number) ?? Infinity)) out.push(fitted)
  }
  if (out.length < ((s['minItems'] as number) ?? 0))
    return value.length > 0 ? NONE : smallest(s, fitting.root, fitting.moment)
  return acceptsScalar(s, out) ? out : NONE
}

/** The members that an object schema names, those of the branches of a choice included. */
export function namesOf(schema: unknown, root: JsonSchema, depth = 0): Names {
  const s = flat(schema, root)
  if (depth > 0) return findNames(s, root, depth)
  const perRoot = remembered.get(root) ?? new WeakMap<JsonSchema, Names>()
  remembered.set(root, perRoot)
  const names = perRoot.get(s) ?? findNames(s, root, 0)
  perRoot.set(s, names)
  return names
}

type Names = readonly (readonly [string, JsonSchema])[]

// They are asked for with each body, and a schema stays what it is.
const remembered = new WeakMap<JsonSchema, WeakMap<JsonSchema, Names>>()

function findNames(s: JsonSchema, root: JsonSchema, depth: number): Names {
  const own = propertiesOf(s).map(([name, part]) => [name, flat(part, root)] as const)
  return depth > 4 ? own : [...own, ...branchesOf(s).flatMap((branch) => namesOf(branch, root, depth + 1))]
}
