import type { State } from '../rows/rows.ts'
import { fit, namesOf } from './fit.ts'
import { isHidden } from './is-hidden.ts'
import { isLink } from './link-value.ts'
import { flat, isRecord, propertiesOf, type Rooted, requiredOf } from './rooted.ts'
import { type Facts, isServerTime, serverValue } from './server-value.ts'
import { NONE, smallest } from './smallest.ts'
import { plain } from './spelling.ts'
import { withNestedIds } from './with-nested-ids.ts'

/** What is known of the bodies of one resource. */
export interface Bodies {
  /** The schemas of one resource, in every answer that has it. */
  readonly resources: readonly Rooted[]
  /** The schemas of the bodies that create it. */
  readonly inputs: readonly Rooted[]
  /** The member that has the id, which is kept apart. */
  readonly idMember: string | undefined
}

/**
 * What is kept of what was sent, with what the server sets. Not kept: what is never answered (`writeOnly`, `format:
 * password`), and the id. Set where it was not sent: the members that the path says; times, versions, counts and the like where the
 * client cannot send them (`readOnly`, or no member of the input); `default`s; and what an answer requires and nobody
 * knows, as the smallest value that is allowed. Depends on nothing but its parameters.
 */
export function completeState(bodies: Bodies, sent: State, facts: Facts): State {
  const { inputs, resources, idMember } = bodies
  const kept = new Map(Object.entries(facts.members))
  const sendable = new Set(inputs.flatMap(({ schema, root }) => writableOf(schema, root)))
  // What answers have and no body may have is the server's: whoever sends it does not set it.
  const servers = new Set(
    sendable.size === 0
      ? []
      : resources
          .flatMap(({ schema, root }) => namesOf(schema, root).map(([name]) => name))
          .filter((name) => !sendable.has(name)),
  )
  for (const [name, value] of Object.entries(withoutHidden(sent, [...inputs, ...resources], 0) as State)) {
    if (!servers.has(name)) kept.set(name, value)
  }
  for (const { schema, root } of resources) {
    const named = withNestedIds(Object.fromEntries(kept), { schema: flat(schema, root), root }, inputs, facts)
    for (const [name, value] of Object.entries(named as State)) kept.set(name, value)
    const fitting = { root, moment: facts }
    const required = new Set(requiredOf(branchFor(schema, root, sent)))
    for (const [name, part] of namesOf(branchFor(schema, root, sent), root)) {
      if (kept.has(name) || name === idMember || isLink(name, part) || isHidden(part, name)) continue
      const isRequired = required.has(name)
      const isServers = part['readOnly'] === true || !sendable.has(name)
      const byPath = Object.keys(facts.members).find((one) => plain(one) === plain(name))
      const known =
        byPath !== undefined
          ? facts.members[byPath]
          : isRequired || isServers || isServerTime(name)
            ? serverValue(name, part, facts)
            : part['default']
      const fitted = known === undefined ? NONE : fit(part, known, fitting)
      const value = fitted === NONE && isRequired ? smallest(part, root, facts) : fitted
      if (value !== NONE) kept.set(name, value)
    }
  }
  for (const { schema, root } of inputs) {
    for (const [name, part] of propertiesOf(flat(schema, root))) {
      const { default: value, ...s } = flat(part, root)
      if (value !== undefined && !kept.has(name) && name !== idMember && !isHidden(s, name)) kept.set(name, value)
    }
  }
  if (idMember !== undefined) kept.delete(idMember)
  return Object.fromEntries(kept)
}

/** The members that a client may send. */
function writableOf(schema: Rooted['schema'], root: Rooted['root']): readonly string[] {
  return namesOf(schema, root).flatMap(([name, part]) => (part['readOnly'] === true ? [] : [name]))
}

/** Of a choice, the branch that takes what was sent, flat; the schema itself where there is none. */
function branchFor(schema: Rooted['schema'], root: Rooted['root'], sent: State): Rooted['schema'] {
  const s = flat(schema, root)
  const branches = [s['oneOf'], s['anyOf']].find(Array.isArray) as unknown[] | undefined
  if (branches === undefined) return s
  const moment = { now: new Date(0) }
  const taken = branches.map((branch) => {
    const fitted = fit(branch, sent, { root, moment })
    return isRecord(fitted) ? Object.keys(sent).filter((name) => Object.hasOwn(fitted, name)).length : -1
  })
  const best = taken.indexOf(Math.max(...taken))
  const branch = flat(branches[best], root)
  const { oneOf, anyOf, ...rest } = s
  return {
    ...rest,
    ...branch,
    properties: { ...(s['properties'] as object), ...(branch['properties'] as object) },
    required: [...requiredOf(s), ...requiredOf(branch)],
  }
}

// As deep as a body may be.
const MAX_DEPTH = 64

/** Without what is never answered, at any depth. */
function withoutHidden(value: unknown, schemas: readonly Rooted[], depth: number): unknown {
  if (schemas.length === 0 || depth > MAX_DEPTH) return value
  if (Array.isArray(value)) {
    const items = schemas.flatMap(({ schema, root }) => {
      const part = flat(schema, root)['items']
      return isRecord(part) ? [{ schema: part, root }] : []
    })
    return value.map((item) => withoutHidden(item, items, depth + 1))
  }
  if (!isRecord(value)) return value
  const members = schemas.map(({ schema, root }) => [root, new Map(namesOf(schema, root))] as const)
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const parts = members.flatMap(([root, names]) => {
        const part = names.get(name)
        return part === undefined ? [] : [{ schema: part, root }]
      })
      if (parts.some(({ schema }) => isHidden(schema, name))) return []
      return [[name, withoutHidden(member, parts, depth + 1)]]
    }),
  )
}
