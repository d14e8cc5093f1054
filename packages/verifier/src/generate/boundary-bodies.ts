import { compileSchema } from '../target/compile-schema.ts'
import type { Creation, JsonSchema } from '../target/target.ts'
import type { FaultPlace } from './fault.ts'
import type { Fresh } from './fresh.ts'
import { listPlaces } from './list-places.ts'
import { numberRange } from './number-value.ts'
import { withValueAt } from './pointer.ts'
import { typeOf } from './type-of.ts'
import { type ValidBodyOptions, validBody } from './valid-body.ts'

/** A valid body with one value at the edge of what the schema allows. */
export interface BoundaryBody {
  readonly name: string
  readonly about: About
  readonly pointer: string
  readonly value: unknown
  readonly body: unknown
}

/** What an edge is about: text of many scripts, a number, or how much there is. */
type About = 'unicode' | 'number' | 'size'

// Longer texts test the size limit of bodies, not the schema.
const MAX_TEXT = 10_000
// A composed and a decomposed é, right-to-left text, a character outside the basic plane, and a joined emoji:
// what is stored has to come back as it was sent, not normalised, cut or replaced.
const UNICODE =
  'Gr\u00fc\u00dfe e\u0301 \u00e9 \u65e5\u672c\u8a9e \u05e9\u05dc\u05d5\u05dd \ud835\udd38 \ud83d\udc69\u200d\ud83d\udcbb'

// What a float of 32 bits shows otherwise (83886.0703125), in sizes of which most ranges have room for one.
const CENTS = [83_886.07, 838.67, 8.37, 0.07]

/** Bodies whose values are unusual and valid, one place each; a correct server accepts all of them. */
export function boundaryBodies(
  creation: Creation,
  fresh: Fresh,
  options: ValidBodyOptions = {},
): readonly BoundaryBody[] {
  if (creation.body === undefined) return []
  const { schema } = creation.body
  const sample = validBody(creation, fresh, options)
  if (sample.kind === 'impossible') return []
  const judge = compileSchema(schema)
  let unicode = false
  return listPlaces(schema, sample.body).flatMap((place) => {
    const bodies: BoundaryBody[] = []
    for (const [name, value] of edgesOf(place, fresh)) {
      // One text in many scripts is enough; it goes to the first member that takes it.
      if (name === UNICODE_NAME && unicode) continue
      const made = validBody(creation, fresh, options)
      if (made.kind === 'impossible') continue
      const body = withValueAt(made.body, place.pointer, value)
      if (!judge.accepts(body)) continue
      unicode ||= name === UNICODE_NAME
      bodies.push({
        name: `${place.pointer || 'the body'} ${name}`,
        about: name === UNICODE_NAME ? 'unicode' : typeof value === 'number' ? 'number' : 'size',
        pointer: place.pointer,
        value,
        body,
      })
    }
    return bodies
  })
}

const UNICODE_NAME = 'is text of many scripts'

function edgesOf({ schema, value, pointer, name }: FaultPlace, fresh: Fresh): readonly (readonly [string, unknown])[] {
  if (schema['enum'] !== undefined || 'const' in schema) return []
  switch (typeOf(schema)) {
    case 'string':
      return textEdges(schema, isSecret(schema, name), fresh)
    case 'integer':
    case 'number':
      return numberEdges(schema)
    case 'array':
      return [
        ['is an empty list', []],
        ...(Array.isArray(value) && typeof value[0] === 'string'
          ? [['holds two texts', [value[0], fresh.token(7)]] as const]
          : []),
      ]
    case 'object':
      return pointer !== '' && typeof value === 'object' ? [['is an empty object', {}]] : []
    default:
      return []
  }
}

function textEdges(schema: JsonSchema, secret: boolean, fresh: Fresh): readonly (readonly [string, unknown])[] {
  const { minLength, maxLength, format } = schema as Readonly<Record<string, unknown>>
  const edges: (readonly [string, unknown])[] = []
  if (format === undefined && !secret) {
    const text = `${fresh.text()} ${UNICODE}`
    edges.push([
      UNICODE_NAME,
      typeof maxLength === 'number' && [...text].length > maxLength ? fit(maxLength, fresh) : text,
    ])
  }
  if (typeof maxLength === 'number' && maxLength > 0 && maxLength <= MAX_TEXT) {
    edges.push([
      `has the longest allowed length, ${maxLength}`,
      fresh.text().slice(0, maxLength).padEnd(maxLength, fresh.token(7)),
    ])
  }
  if (typeof minLength === 'number' && minLength > 0 && minLength !== maxLength) {
    edges.push([`has the shortest allowed length, ${minLength}`, fresh.token(minLength)])
  }
  return edges
}

/** A secret is not shown again, so that nobody sees what became of its text. */
function isSecret(schema: JsonSchema, name: string): boolean {
  return schema['writeOnly'] === true || schema['format'] === 'password' || /passw|secret|token/i.test(name)
}

/** As much of the text as has room: a unique beginning, then whole characters. */
function fit(maxLength: number, fresh: Fresh): string {
  const unique = fresh.token(Math.min(6, maxLength))
  return [...`${unique}${UNICODE}`].slice(0, maxLength).join('')
}

function numberEdges(schema: JsonSchema): readonly (readonly [string, unknown])[] {
  const { minimum, maximum } = numberRange(schema)
  const edges: (readonly [string, unknown])[] = []
  if (Number.isFinite(maximum)) edges.push([`is the largest allowed number, ${maximum}`, maximum])
  if (Number.isFinite(minimum)) edges.push([`is the smallest allowed number, ${minimum}`, minimum])
  const cents = typeOf(schema) === 'number' ? CENTS.find((value) => minimum <= value && value <= maximum) : undefined
  if (cents !== undefined) edges.push([`is a number with two decimals, ${cents}`, cents])
  return edges
}
