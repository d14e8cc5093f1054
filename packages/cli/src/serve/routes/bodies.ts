import type { StandardSchema } from '@createonce/server'
import type { JsonSchema } from '@createonce/verifier/document'
import type { Answer } from '../plan/answer-of.ts'
import type { Resource } from '../plan/resource.ts'
import type { State } from '../rows/rows.ts'
import { completeState, isChangeTime, namesOf, type Shown, toInput } from '../shape/shape.ts'
import type { Making } from './create-route.ts'
import type { Listed } from './list-route.ts'
import type { Made } from './made.ts'

/** What a body has to be. */
export function inputOf(schema: JsonSchema): StandardSchema<State> {
  return toInput(schema)
}

/** How new resources are named and completed. `body` is that of one creation, where others of the resource may take more. */
export function makingOf({ bodies, table }: Resource, body?: JsonSchema): Pick<Making, 'idOf' | 'complete'> {
  const { id, idMember } = bodies
  const members = body === undefined ? [] : namesOf(body, body).map(([name]) => name)
  // A name that this creation does not take is not the client's to give, though another creation may take it.
  const isTaken = members.length === 0 || idMember === undefined || members.includes(idMember)
  return {
    idOf(sent) {
      const own = isTaken || id.givenBy === 'client' ? id.sent(sent) : undefined
      if (own !== undefined || id.givenBy === 'client') return own
      return table.ids === 'dealt' ? undefined : id.make(Math.random)
    },
    complete: (sent, { now, members }) => completeState(bodies, sent, { now, members, random: Math.random }),
  }
}

/** What a change leaves as it was: what clients cannot send, but for the time of the change. */
export function keepOf({ bodies }: Resource): (before: State, after: State) => State {
  const sendable = new Set(
    bodies.inputs
      .flatMap(({ schema }) => Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>))
      .filter(([, part]) => part['readOnly'] !== true)
      .map(([name]) => name),
  )
  return (before, after) => {
    const kept = Object.entries(before).filter(([name]) => !sendable.has(name) && !isChangeTime(name))
    return { ...after, ...Object.fromEntries(kept) }
  }
}

/** A changed state with the time of the change, in the form that the time before had. */
export function touched(state: State, now: Date): State {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [name, isChangeTime(name) ? timeLike(value, now) : value]),
  )
}

function timeLike(before: unknown, now: Date): unknown {
  if (typeof before === 'number') return before > 100_000_000_000 ? now.getTime() : Math.floor(now.getTime() / 1000)
  if (typeof before !== 'string') return before
  return before.length === 10 ? now.toISOString().slice(0, 10) : now.toISOString()
}

/** The body of one resource. Where nothing is declared: what is kept, with its id. */
export function showOf(resource: Resource, answer: Answer, status: number): (made: Made) => unknown {
  if (answer.kind === 'empty') return (made) => plain(resource, made)
  return (made) => answer.shape([toShown(made)], { status, location: made.location })
}

/** The body of a list. */
export function showListOf(resource: Resource, answer: Answer): (listed: Listed) => unknown {
  if (answer.kind === 'empty') return ({ made }) => made.map((one) => plain(resource, one))
  return ({ made, asked, page, next, location }) => {
    const { limit, offset = 0 } = asked.query
    return answer.shape(made.map(toShown), {
      status: 200,
      location,
      page: { count: made.length, total: page.total, limit, offset, hasMore: page.hasMore, next },
    })
  }
}

/** Whether lists can be filtered by a member. Where no member is known, by any. */
export function isMemberOf({ bodies }: Resource): (name: string) => boolean {
  const { members } = bodies
  return (name) => members.size === 0 || members.has(name)
}

function toShown({ row, location }: Made): Shown {
  return { id: row.id, state: row.state, location }
}

function plain({ bodies: { id, idMember = 'id' } }: Resource, { row }: Made): State {
  const value = id.type === 'integer' && String(Number(row.id)) === row.id ? Number(row.id) : row.id
  // First for those who read, last so that nothing that is kept takes its place.
  return { [idMember]: value, ...row.state, [idMember]: value }
}
