/** What an API calls its things. A judge must not depend on any of these. */
export interface Words {
  readonly prefix: string
  readonly collection: string
  readonly parent: string
  readonly id: string
  /** Shown names of members, by the names under which they are stored. */
  readonly members: Readonly<Record<string, string>>
}

/** The words of the first copy. */
export const plainWords: Words = { prefix: '', collection: 'products', parent: 'shops', id: 'id', members: {} }

/** The words of the second: nothing but the structure is left of the first. */
export const otherWords: Words = {
  prefix: '/rest/v3',
  collection: 'tickets',
  parent: 'venues',
  id: 'ticketId',
  members: {
    code: 'sku',
    title: 'caption',
    amount: 'fee',
    count: 'seats',
    note: 'remark',
    tags: 'labels',
    status: 'phase',
    createdAt: 'addedOn',
    name: 'label',
  },
}

/** An object with its members' names as the API shows them. */
export function outward(row: Readonly<Record<string, unknown>>, words: Words): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name === 'id' ? words.id : (words.members[name] ?? name), value]),
  )
}

/** The same, back to the names under which things are stored. */
export function inward(value: unknown, words: Words): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const own = new Map(Object.entries(words.members).map(([name, shown]) => [shown, name]))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name === words.id ? 'id' : (own.get(name) ?? name), member]),
  )
}
