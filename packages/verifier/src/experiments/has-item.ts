import type { Attempt } from './attempt.ts'
import { isObject } from './json-node.ts'
import { carries } from './marks.ts'

/** The items of a collection that stand for what an attempt created, and how they were recognised. */
export interface FoundItems {
  readonly by: 'id' | 'marks'
  readonly items: readonly unknown[]
}

/** Finds what an attempt created in a collection: by its id, else by the text that was sent. */
export function itemsOf(items: readonly unknown[], { id, marks }: Attempt): FoundItems {
  const byId = id === undefined ? [] : items.filter((item) => holdsId(item, id.member, id.value))
  if (byId.length > 0) return { by: 'id', items: byId }
  return { by: 'marks', items: items.filter((item) => carries(item, marks)) }
}

/** Tells whether a collection shows what an attempt created. */
export function hasItem(items: readonly unknown[], attempt: Attempt): boolean {
  return itemsOf(items, attempt).items.length > 0
}

function holdsId(item: unknown, member: string, value: string): boolean {
  if (typeof item === 'string' || typeof item === 'number') return String(item) === value
  if (!isObject(item)) return false
  if (String(item[member]) === value) return true
  // One level of envelope around each item.
  return Object.values(item).some((inner) => isObject(inner) && String(inner[member]) === value)
}
