import { naturalKeyOf } from '../target/find-natural-key.ts'
import type { Creation } from '../target/target.ts'
import type { Fresh } from './fresh.ts'
import { pointerStep, valueAt, withValueAt } from './pointer.ts'
import { validBody } from './valid-body.ts'

/**
 * An example as it stands, but for the natural key: that is a fresh one, or the one of a previous body, since the same
 * example twice is a duplicate.
 */
export function likeExample(creation: Creation, fresh: Fresh, example: unknown, keep?: unknown): unknown {
  const key = naturalKeyOf(creation)
  if (key.length === 0) return structuredClone(example)
  const made = keep === undefined ? validBody(creation, fresh) : undefined
  const from = made?.kind === 'valid' ? made.body : (keep ?? example)
  return key
    .map((name) => (name.startsWith('/') ? name : name.split('.').map(pointerStep).join('')))
    .reduce((body, pointer) => {
      const value = valueAt(from, pointer)
      return value === undefined ? body : withValueAt(body, pointer, value)
    }, structuredClone(example))
}
