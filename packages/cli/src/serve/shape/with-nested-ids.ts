import { acceptsScalar } from './accepts.ts'
import { makeUuid } from './make-id.ts'
import { flat, isRecord, propertyOf, type Rooted, requiredOf, typesOf } from './rooted.ts'
import type { Facts } from './server-value.ts'

const IDS = ['id', '_id', 'uuid']
// As deep as a body may be.
const MAX_DEPTH = 64

/**
 * What was sent, with an id of its own for each item of a list whose answers show one that clients do not send: the
 * lines of an order are told apart by it. Numbers count from one; what has an id keeps it.
 */
export function withNestedIds(value: unknown, shown: Rooted, inputs: readonly Rooted[], facts: Facts): unknown {
  return within(value, shown.schema, inputs, 0)

  function within(part: unknown, schema: unknown, sent: readonly Rooted[], depth: number): unknown {
    if (typeof part !== 'object' || part === null || depth > MAX_DEPTH) return part
    const s = flat(schema, shown.root)
    if (Array.isArray(part)) {
      if (s['items'] === undefined) return part
      const items = sent.map(({ schema: one, root }) => ({ schema: flat(flat(one, root)['items'] ?? {}, root), root }))
      return named(part, flat(s['items'], shown.root), items).map((item) => within(item, s['items'], items, depth + 1))
    }
    return Object.fromEntries(
      Object.entries(part).map(([name, member]) => {
        const own = propertyOf(s, name)
        if (own === undefined) return [name, member]
        const below = sent.map(({ schema: one, root }) => ({ schema: flat(propertyOf(one, name) ?? {}, root), root }))
        return [name, within(member, own, below, depth + 1)]
      }),
    )
  }

  function named(items: readonly unknown[], schema: Rooted['schema'], sent: readonly Rooted[]): readonly unknown[] {
    const id = IDS.find((one) => propertyOf(schema, one) !== undefined)
    if (id === undefined) return items
    const part = flat(propertyOf(schema, id), shown.root)
    const isSendable = sent.some((one) => propertyOf(one.schema, id) !== undefined)
    if (part['readOnly'] !== true && !requiredOf(schema).includes(id) && isSendable) return items
    const taken = new Set(items.map((item) => (isRecord(item) ? item[id] : undefined)))
    let next = 1
    return items.map((item) => {
      if (!isRecord(item) || Object.hasOwn(item, id)) return item
      while (taken.has(next)) next++
      const isNumber = typesOf(part).some((type) => type === 'integer' || type === 'number')
      const made = isNumber ? next++ : makeUuid(facts.random)
      return acceptsScalar(part, made) ? { [id]: made, ...item } : item
    })
  }
}
