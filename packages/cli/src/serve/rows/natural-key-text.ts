import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import { keptJson } from './kept-json.ts'
import type { State } from './rows.ts'

// PostgreSQL indexes no more than 2,704 bytes, of which ids may have 2,300; a title may be longer. Below this, people can
// read it.
const MOST_BYTES = 300

/**
 * What two resources of one place share when they are the same one: the values of the members as canonical JSON, or its
 * SHA-256 where that is long. Nothing where a member is absent: what nobody knows is not the same.
 */
export function naturalKeyText(members: readonly string[], state: State): string | null {
  if (members.length === 0) return null
  const values: unknown[] = []
  for (const member of members) {
    const value = Object.hasOwn(state, member) ? state[member] : undefined
    if (value === undefined) return null
    values.push(value)
  }
  const text = keptJson(canonicalJson(values))
  return Buffer.byteLength(text) <= MOST_BYTES ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`
}
