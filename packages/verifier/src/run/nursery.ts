import { footingOf } from '../experiments/created.ts'
import type { Lab } from '../experiments/lab.ts'
import { locationEnd } from '../experiments/location-end.ts'
import { effectiveSchema } from '../target/effective-schema.ts'
import { takesOnlyNumbers } from '../target/takes-only-numbers.ts'
import type { Creation, JsonSchema, Target } from '../target/target.ts'

/** The ids of what a creation needs: of its parents by path parameter, of what it refers to by JSON Pointer. */
export interface ReadySurroundings {
  readonly kind: 'ready'
  readonly parents: Readonly<Record<string, string>>
  readonly references: Readonly<Record<string, unknown>>
}

/** What a creation needs to exist before it can be tried. */
export type Surroundings = ReadySurroundings | { readonly kind: 'impossible'; readonly reason: string }

/** Creates what other creations need first, each kind once in a run. */
export interface Nursery {
  surroundingsOf(creation: Creation): Promise<Surroundings>
}

/** Where numbers are asked for and ids are text, the name of a member said more than it meant. */
function fits({ body }: Creation, pointer: string, id: unknown): boolean {
  return typeof id === 'number' || body === undefined || !takesOnlyNumbers(body.schema, pointer)
}

type Born = { readonly kind: 'born'; readonly id: unknown } | { readonly kind: 'stillborn'; readonly reason: string }

/** Makes a nursery; `labFor` gives a lab of its own to each creation that is needed. */
export function createNursery(
  target: Target,
  labFor: (creation: Creation, surroundings: ReadySurroundings) => Lab | string,
): Nursery {
  const known = new Map<string, Promise<Born>>()

  const bear = (id: string, above: readonly string[]): Promise<Born> => {
    const creation = target.creations.find((one) => one.id === id)
    if (creation === undefined || above.includes(id))
      return Promise.resolve({ kind: 'stillborn', reason: `nothing creates what ${id} stands for` })
    const born = known.get(id) ?? create(creation, above)
    known.set(id, born)
    return born
  }

  const create = async (creation: Creation, above: readonly string[]): Promise<Born> => {
    const surroundings = await surround(creation, [...above, creation.id])
    if (surroundings.kind === 'impossible') return { kind: 'stillborn', reason: surroundings.reason }
    const lab = labFor(creation, surroundings)
    if (typeof lab === 'string') return { kind: 'stillborn', reason: lab }
    const footing = await lab.ask(footingOf)
    if (footing.kind === 'impossible') return { kind: 'stillborn', reason: footing.reason }
    const { attempt } = footing
    const id =
      attempt.name ??
      (attempt.id === undefined ? locationEnd(attempt.locations[0]) : attempt.resource?.[attempt.id.member])
    return id === undefined
      ? { kind: 'stillborn', reason: 'its answer holds no id and no Location' }
      : { kind: 'born', id }
  }

  const surround = async (creation: Creation, above: readonly string[]): Promise<Surroundings> => {
    const parents: Record<string, string> = {}
    for (const link of creation.parents) {
      const parent = await bear(link.creation, above)
      if (parent.kind === 'stillborn')
        return { kind: 'impossible', reason: `its parent could not be created (${link.creation}): ${parent.reason}` }
      parents[link.parameter] = String(parent.id)
    }
    const references: Record<string, unknown> = {}
    for (const link of creation.references ?? []) {
      const other = await bear(link.creation, above)
      // A reference is a guess by name; without it the request may still be valid.
      if (other.kind === 'stillborn') continue
      const id = inFormOf(creation, link.pointer, other.id)
      if (fits(creation, link.pointer, id)) references[link.pointer] = id
    }
    return { kind: 'ready', parents, references }
  }

  return { surroundingsOf: (creation) => surround(creation, [creation.id]) }
}

/** A number as text where the body names it by text: the `7` of `keyId: "7"`. */
function inFormOf({ body }: Creation, pointer: string, id: unknown): unknown {
  if (body === undefined || typeof id !== 'number') return id
  const part = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, token) => {
      const schema = effectiveSchema(at, body.schema)
      if (schema['type'] === 'array') return schema['items']
      const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
      return (schema['properties'] as JsonSchema | undefined)?.[name]
    }, body.schema)
  const types = [effectiveSchema(part, body.schema)['type']].flat()
  return types.includes('string') && !types.includes('integer') && !types.includes('number') ? String(id) : id
}
