import { type JsonSchema, mergeSchemas, stringFromPattern } from '@createonce/verifier/document'
import { accepts, acceptsScalar, isSame } from './accepts.ts'
import { SMALLEST } from './formats.ts'
import { branchesOf, flat, isRecord, propertyOf, requiredOf, typesOf } from './rooted.ts'

/** Nothing that was looked for: undefined would be a value like any other for a reader. */
export const NONE: unique symbol = Symbol('none')

// A schema that needs more parts, or more levels, than these has an example in practice, or is a circle.
const MAX_PARTS = 2_000
const MAX_DEPTH = 16
// No list of that many equal things is what an author meant.
const MAX_ITEMS = 100
const MAX_TEXT = 10_000

/** What a made value may depend on. */
export interface Moment {
  readonly now: Date
}

/**
 * The smallest value that a part of a schema allows: what the document says itself (`const`, `default`, `example`, the
 * first of an `enum`), otherwise the required members, the shortest text, the number next to zero. NONE where there is none:
 * a circle of required members, contradictions. The same for the same schema and moment.
 */
export function smallest(schema: unknown, root: JsonSchema, moment: Moment): unknown {
  return new Maker(root, moment).make(schema, 0)
}

class Maker {
  readonly #root: JsonSchema
  readonly #moment: Moment
  #parts = 0

  constructor(root: JsonSchema, moment: Moment) {
    this.#root = root
    this.#moment = moment
  }

  make(schema: unknown, depth: number): unknown {
    if (schema === false || depth > MAX_DEPTH || ++this.#parts > MAX_PARTS) return NONE
    const s = flat(schema, this.#root)
    const is = (value: unknown) => accepts(s, value, this.#root)
    const said = ['const', 'default', 'example'].filter((keyword) => keyword in s).map((keyword) => s[keyword])
    const values = [s['examples'], s['enum']].flatMap((one) => (Array.isArray(one) ? one : []))
    const found = [...said, ...values].find((value) => isSmall(value) && is(value))
    if (found !== undefined) return found
    if ('const' in s || Array.isArray(s['enum'])) return NONE
    const branches = branchesOf(s)
    if (branches.length > 0) {
      const { oneOf, anyOf, ...rest } = s
      const base = oneOf === undefined ? rest : anyOf === undefined ? rest : { ...rest, anyOf }
      for (const branch of branches) {
        const made = this.make(mergeSchemas(base, flat(branch, this.#root)), depth + 1)
        if (made !== NONE && is(made)) return made
      }
      return NONE
    }
    const types = typesOf(s)
    const made = types.includes('null') ? null : this.#ofType(types[0], s, depth)
    return made !== NONE && is(made) ? made : NONE
  }

  #ofType(type: string | undefined, s: JsonSchema, depth: number): unknown {
    switch (type) {
      case 'boolean':
        return false
      case 'integer':
      case 'number':
        return numberOf(s, type === 'integer')
      case 'string':
        return textOf(s, this.#moment)
      case 'array':
        return this.#list(s, depth)
      default:
        return this.#object(s, depth)
    }
  }

  #list(s: JsonSchema, depth: number): unknown {
    const count = (s['minItems'] as number) ?? 0
    if (count > MAX_ITEMS) return NONE
    const tuple = Array.isArray(s['prefixItems']) ? s['prefixItems'] : []
    const out: unknown[] = []
    while (out.length < count) {
      const part = tuple[out.length] ?? s['items'] ?? {}
      const choices =
        s['uniqueItems'] === true && Array.isArray(flat(part, this.#root)['enum']) ? flat(part, this.#root)['enum'] : []
      const made =
        (choices as unknown[]).find((one) => !out.some((other) => isSame(one, other))) ?? this.make(part, depth + 1)
      if (made === NONE) return NONE
      out.push(made)
    }
    return out
  }

  #object(s: JsonSchema, depth: number): unknown {
    const out: Record<string, unknown> = {}
    for (const name of requiredOf(s)) {
      const made = this.make(propertyOf(s, name) ?? s['additionalProperties'] ?? {}, depth + 1)
      if (made === NONE) return NONE
      // A member named __proto__ is a member.
      Object.defineProperty(out, name, { value: made, enumerable: true, configurable: true, writable: true })
    }
    return out
  }
}

function numberOf(s: JsonSchema, isInteger: boolean): unknown {
  const of = (keyword: string) => (typeof s[keyword] === 'number' ? (s[keyword] as number) : undefined)
  const above = of('exclusiveMinimum')
  const below = of('exclusiveMaximum')
  const low = Math.max(of('minimum') ?? -Infinity, above ?? -Infinity)
  const high = Math.min(of('maximum') ?? Infinity, below ?? Infinity)
  const step = of('multipleOf') ?? (isInteger ? 1 : 0)
  const near = Math.min(Math.max(low, 0), high)
  const between = Number.isFinite(low) && Number.isFinite(high) ? [(low + high) / 2] : [near + 1, near - 1]
  const up = Math.ceil(near / step) * step
  const down = Math.floor(near / step) * step
  const tried = step > 0 ? [up, down, up + step, down - step] : [near, ...between]
  return tried.find((one) => acceptsScalar(s, one)) ?? NONE
}

function textOf(s: JsonSchema, { now }: Moment): unknown {
  const min = (s['minLength'] as number) ?? 0
  if (min > MAX_TEXT) return NONE
  if (typeof s['pattern'] === 'string') {
    // The first of each set, as few as may be, and then ever more: the caller looks whether it fits.
    for (let reach = 0; reach <= Math.max(min, 4); reach++) {
      const made = stringFromPattern(s['pattern'], { random: () => 0 }, reach)
      if (accepts(s, made, s)) return made
    }
    return NONE
  }
  const format = typeof s['format'] === 'string' ? s['format'].toLowerCase() : ''
  const made = Object.hasOwn(SMALLEST, format) ? SMALLEST[format]!(now) : ''
  return made.padEnd(min, 'x')
}

/** Examples are for people, and may be as long as a book. */
function isSmall(value: unknown): boolean {
  return !isRecord(value) || JSON.stringify(value).length <= MAX_TEXT
}
