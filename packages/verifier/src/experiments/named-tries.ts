import { valueAt } from '../generate/pointer.ts'
import type { Attempt, Tried } from './attempt.ts'
import { accepted } from './attempt.ts'
import { NoBody } from './bodies.ts'
import { created, createdAgain } from './created.ts'
import { isObject } from './json-node.ts'
import type { Lab } from './lab.ts'
import { locationUrl } from './location-url.ts'

/** A create whose Location would be made of a value that is hard to write into one. */
export interface NamedTry {
  readonly name: string
  readonly value: string
  readonly tried: Tried
}

/** Creates with such values, or the reason why none was made. */
export type NamedTries =
  | { readonly kind: 'impossible'; readonly reason: string }
  | { readonly kind: 'tried'; readonly member: string; readonly first: Attempt; readonly tries: readonly NamedTry[] }

/** A value by name; of several ones the next is tried where the one before exists already. */
export interface HardValue {
  readonly name: string
  readonly values: readonly string[]
}

// Shorter texts stand in a path by chance.
const shortestName = 5

/** Creates with hard values in the member of which Location is made. */
export async function namedTries(lab: Lab, hard: (token: string) => readonly HardValue[]): Promise<NamedTries> {
  const first = await lab.ask(created)
  const again = await lab.ask(createdAgain)
  const members = namesIn(lab, first)
  const member = members.find((one) => namesIn(lab, again).includes(one))
  if (member === undefined) return { kind: 'impossible', reason: 'Location is made of nothing that the client sends' }
  const tries: NamedTry[] = []
  for (const { name, values } of hard(lab.bodies.token(8))) {
    for (const value of values) {
      const body = bodyWith(lab, member, value)
      if (body === undefined) break
      const tried = await lab.tryPost({ body })
      tries.push({ name, value, tried })
      if (tried.kind === 'unanswered' || tried.attempt.status !== 409) break
    }
  }
  return tries.length === 0
    ? { kind: 'impossible', reason: `the schema allows no such value for ${member}, of which Location is made` }
    : { kind: 'tried', member, first, tries }
}

/** The members whose text stands at the end of Location, as it is or as a slug. */
function namesIn(lab: Lab, attempt: Attempt): string[] {
  const place = locationUrl(attempt, lab.operation)
  if (!accepted(attempt) || place.kind !== 'here' || !isObject(attempt.body)) return []
  const end = bare(place.url.pathname.split('/').filter(Boolean).at(-1) ?? '')
  return Object.entries(attempt.body).flatMap(([name, value]) =>
    typeof value === 'string' && bare(value).length >= shortestName && end.includes(bare(value)) ? [name] : [],
  )
}

function bare(text: string): string {
  return text.toLowerCase().replace(/%[0-9a-f]{2}|[^a-z0-9]/g, '')
}

function bodyWith(lab: Lab, member: string, value: string): unknown {
  try {
    const body = lab.newBody({ with: { [member]: value } })
    return valueAt(body, `/${member}`) === value ? body : undefined
  } catch (error) {
    if (error instanceof NoBody) return undefined
    throw error
  }
}
