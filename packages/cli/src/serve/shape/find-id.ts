import type { JsonSchema } from '@createonce/verifier/document'
import { namesOf } from './fit.ts'
import { FORMATS } from './formats.ts'
import { type MakeId, makeIds } from './make-id.ts'
import { type Rooted, requiredOf, typesOf } from './rooted.ts'
import { plain } from './spelling.ts'

/** How the resources of one collection are named. */
export type FoundId =
  | {
      readonly kind: 'id'
      /** The member of the body that has it; absent where only the path has it. */
      readonly member?: string
      readonly type: 'integer' | 'uuid' | 'text'
      /** `client`: always sent; `either`: sent or made; `server`: always made. */
      readonly givenBy: 'client' | 'either' | 'server'
      /** The id that was sent, as text; undefined where none was, or none that a path takes. */
      readonly sent: (body: unknown) => string | undefined
      readonly make: MakeId
    }
  | { readonly kind: 'unservable'; readonly why: string }

const COMMON = ['id', '_id', 'uuid', 'guid']
const NATURAL = ['key', 'code', 'slug', 'username', 'login', 'name', 'isbn', 'number', 'reference', 'token']

/**
 * Finds which member of a resource the path parameter takes, what kind of id it is, and who gives it. `resources` are the
 * schemas of one resource in answers, `inputs` those of the bodies that create it.
 */
export function findId(
  resources: readonly Rooted[],
  inputs: readonly Rooted[],
  parameter: { readonly name: string; readonly schema: JsonSchema; readonly example?: unknown },
  noun: string,
): FoundId {
  const shown = new Map(resources.flatMap(({ schema, root }) => namesOf(schema, root)))
  const sent = new Map(inputs.flatMap(({ schema, root }) => namesOf(schema, root)))
  const all = new Map([...sent, ...shown])
  // Where no member has it, one that nobody declared does, if the schemas allow one: whoever creates has to learn of it.
  const member =
    memberFor(parameter.name, noun, all) ??
    memberOfPattern(parameter.schema, [...inputs, ...resources]) ??
    (all.has('id') ? undefined : 'id')
  const schemas = [member === undefined ? undefined : all.get(member), parameter.schema].filter(isScalarSchema)
  const type = typeFor(schemas, parameter.example)
  const isGiven =
    member !== undefined &&
    sent.has(member) &&
    sent.get(member)!['readOnly'] !== true &&
    all.get(member)!['readOnly'] !== true
  const isRequired = isGiven && inputs.every(({ schema }) => requiredOf(schema).includes(member!))
  const givenBy = isRequired ? 'client' : isGiven ? 'either' : 'server'
  const examples = [
    ...schemas.map((s) => s['example'] ?? (s['examples'] as unknown[] | undefined)?.[0]),
    parameter.example,
  ]
  const make = makeIds(type, schemas, prefixOf(examples))
  const random = halfway()
  const made = Array.from({ length: 8 }, () => make(random))
  // One of a few words of a pattern would soon be met again.
  const isFew = schemas.some((s) => s['pattern'] !== undefined) && new Set(made).size <= 4
  const isMade = made[0] !== undefined && !isFew
  if (givenBy !== 'client' && (schemas.some((s) => Array.isArray(s['enum'])) || !isMade)) {
    return { kind: 'unservable', why: `no server can make an id for {${parameter.name}}: ${reason(schemas)}` }
  }
  return {
    kind: 'id',
    ...(member !== undefined && { member }),
    type,
    givenBy,
    sent: (body) =>
      isGiven ? textOf((body as { readonly [name: string]: unknown })?.[member!], parameter.schema) : undefined,
    make,
  }
}

function memberFor(parameter: string, noun: string, all: ReadonlyMap<string, JsonSchema>): string | undefined {
  const bare = plain(parameter)
  const withoutId = bare.replace(/(id|uuid|key|code)$/, '')
  const wanted = bare === 'id' ? ['id', '_id'] : [bare]
  const isIdLike = /id$/.test(bare)
  const names = [...wanted, ...(isIdLike ? COMMON : []), `${plain(noun)}id`, `${withoutId}id`, ...COMMON]
  const byNoun = bare.startsWith(plain(noun)) ? [bare.slice(plain(noun).length)] : []
  const inOrder = [
    ...names,
    ...byNoun,
    ...(bare === plain(noun) || byNoun.length > 0 || !isIdLike ? NATURAL.filter((one) => bare.includes(one)) : []),
  ]
  const fits = [...all].filter(([, s]) => isScalarSchema(s))
  for (const one of inOrder) {
    const found = fits.filter(([name]) => name === one || plain(name) === one.replace('_', ''))
    const best = found.find(([, s]) => s['readOnly'] === true) ?? found[0]
    if (best !== undefined && one !== '') return best[0]
  }
  return undefined
}

// `.+`, `^[a-z]+$` and the like are the pattern of many things.
const SPECIFIC = 16

/** The member that has to look as the path parameter has to, by the very same pattern. */
function memberOfPattern({ pattern }: JsonSchema, bodies: readonly Rooted[]): string | undefined {
  if (typeof pattern !== 'string' || pattern.length < SPECIFIC) return undefined
  const names = bodies.flatMap(({ schema, root }) => namesOf(schema, root))
  return names.find(([, s]) => s['pattern'] === pattern)?.[0]
}

function isScalarSchema(s: JsonSchema | undefined): s is JsonSchema {
  if (s === undefined) return false
  const types = typesOf(s)
  return !types.includes('object') && !types.includes('array') && !types.includes('boolean')
}

function typeFor(schemas: readonly JsonSchema[], example: unknown): 'integer' | 'uuid' | 'text' {
  if (schemas.some((s) => typesOf(s).some((type) => type === 'integer' || type === 'number'))) return 'integer'
  const isUuid = (s: JsonSchema) =>
    s['format'] === 'uuid' ||
    s['format'] === 'guid' ||
    [s['example'], example].some((one) => typeof one === 'string' && FORMATS['uuid']!(one))
  if (schemas.some(isUuid)) return 'uuid'
  const isBare = schemas.every((s) =>
    ['pattern', 'maxLength', 'minLength', 'example', 'examples'].every((one) => s[one] === undefined),
  )
  return isBare ? 'uuid' : 'text'
}

/** `usr_` of `usr_1a2b3c`. */
function prefixOf(examples: readonly unknown[]): string {
  for (const one of examples) {
    const found = typeof one === 'string' ? /^([A-Za-z]{1,10}[_-])[A-Za-z0-9]{3,}$/.exec(one)?.[1] : undefined
    if (found !== undefined) return found
  }
  return ''
}

function textOf(value: unknown, parameter: JsonSchema): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value)
  // A path has no place for an empty name, and these two are resolved away (RFC 3986 §5.2.4).
  if (text === '' || text === '.' || text === '..') return undefined
  // Bounds and patterns of the path alone are no reason to call it something else than its client does.
  const isNumber = typesOf(parameter).some((type) => type === 'integer' || type === 'number')
  return !isNumber || Number.isInteger(Number(text)) ? text : undefined
}

function reason(schemas: readonly JsonSchema[]): string {
  if (schemas.some((s) => Array.isArray(s['enum']))) return 'it is one of a closed list'
  const pattern = schemas.find((s) => s['pattern'] !== undefined)?.['pattern']
  return pattern === undefined
    ? 'its schema allows none'
    : `none was found that matches ${String(pattern).slice(0, 100)}`
}

function halfway(): () => number {
  let at = 0
  return () => {
    at = (at + 0.381966) % 1
    return at
  }
}
