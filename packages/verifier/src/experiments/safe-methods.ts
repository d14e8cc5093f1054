import type { Exchange } from '../exchange/exchange.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { isObject } from './json-node.ts'
import { type Listing, listCollection } from './list-collection.ts'
import { carries } from './marks.ts'

/** GET and HEAD that look as if they were to create, and what the collection holds of them. */
export interface SafeMethods {
  readonly exchanges: readonly Exchange[]
  readonly listing: Listing
  /** Whether what they might have made would be recognised. */
  readonly showsMarks: boolean
  /** Whether something was made that carries what they sent. */
  readonly isMade: boolean
}

/** The members of a valid body as the query of GET and HEAD, beside `action=create`. */
export const safeMethods: Experiment<SafeMethods> = {
  name: 'send what would be created by GET and HEAD',
  async run(lab) {
    const { marks: knownMarks } = await lab.ask(created)
    const body = lab.newBody()
    const url = new URL(lab.recipe.url)
    url.searchParams.set('action', 'create')
    for (const [name, value] of membersOf(body)) url.searchParams.set(name, value)
    const exchanges: Exchange[] = []
    for (const method of ['GET', 'HEAD']) exchanges.push(await lab.trySend({ method, url: url.href }))
    const listing = await listCollection(lab)
    const items = listing.kind === 'listed' ? listing.items : []
    const marks = lab.marks(body)
    const made = items.filter((item) => carries(item, marks))
    for (const item of made) lab.adopt(item, exchanges[0]?.id ?? 0)
    return {
      exchanges,
      listing,
      showsMarks: marks.size > 0 && items.some((item) => carries(item, knownMarks)),
      isMade: made.length > 0,
    }
  },
}

/** What a query can carry of a body: its texts and numbers, also those within `data` and `attributes`. */
function membersOf(body: unknown): [string, string][] {
  if (!isObject(body)) return []
  return Object.entries(body).flatMap(([name, value]): [string, string][] => {
    if (typeof value === 'string' || typeof value === 'number') return [[name, String(value)]]
    return name === 'data' || name === 'attributes' ? membersOf(value) : []
  })
}
