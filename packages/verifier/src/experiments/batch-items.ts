import type { Answer } from '../exchange/exchange.ts'
import { valueAt } from '../generate/pointer.ts'
import type { Attempt } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { itemOperation } from './item-operation.ts'
import { type ItemResult, itemResults } from './item-results.ts'
import { isObject, parseJson } from './json-node.ts'
import type { Lab } from './lab.ts'
import { sameOrigin } from './location-url.ts'
import { carries } from './marks.ts'
import { readUrl } from './read-url.ts'
import { identifierOf, selfLink, unwrap } from './resource.ts'

/** What the answer to a valid batch says of one item, and where that leads. */
export interface ItemRead {
  readonly result: ItemResult
  /** Whether it names what was created, by an id or a link. */
  readonly isNamed: boolean
  /** The items of the request whose text is shown, in the result or by the read. */
  readonly shows: readonly number[]
  readonly read?: Answer
}

/** The results of a valid batch; `items` is undefined where the answer shows no results. */
export interface BatchItems {
  readonly sent: number
  readonly items?: readonly ItemRead[]
}

// Two items are sent; an answer with many more results is not about them.
const mostReads = 4

/** Reads what the answer to the valid batch names, item by item. */
export const batchItems: Experiment<BatchItems> = {
  name: 'read what a batch created, item by item',
  async run(lab) {
    const attempt = await lab.ask(created)
    const sent = sentItems(lab, attempt)
    const results = itemResults(attempt.json)
    if (results === undefined) return { sent: sent.length }
    const items: ItemRead[] = []
    for (const result of results.slice(0, mostReads)) items.push(await readItem(lab, attempt, result, sent))
    return { sent: sent.length, items: [...items, ...results.slice(mostReads).map(unread)] }
  },
}

function sentItems(lab: Lab, { body }: Attempt): readonly unknown[] {
  const list = valueAt(body, lab.operation.creation.batch?.pointer ?? '')
  return Array.isArray(list) ? list : []
}

function unread(result: ItemResult): ItemRead {
  return { result, isNamed: true, shows: [] }
}

async function readItem(lab: Lab, attempt: Attempt, result: ItemResult, sent: readonly unknown[]): Promise<ItemRead> {
  const operation = itemOperation(lab.operation)
  const { value } = result
  const resource = unwrap(value, operation.creation)
  const id = isObject(resource) ? identifierOf(resource, operation.creation) : plainId(value)
  const link = linkIn(value, resource)
  const byId = id === undefined ? undefined : readUrl({ ...attempt, id }, operation, lab.parents)
  const base = attempt.answer.request.url
  const byLink = link !== undefined && URL.canParse(link, base) ? new URL(link, base) : undefined
  const isHere = byLink !== undefined && sameOrigin(byLink, new URL(base))
  const url = operation.creation.read === undefined ? undefined : isHere ? byLink.href : byId
  const read = url === undefined ? undefined : await lab.get(url)
  const shown = [value, read === undefined ? undefined : parseJson(read.response.body)]
  const shows = sent.flatMap((item, at) => (shown.some((one) => carries(one, lab.marks(item))) ? [at] : []))
  return { result, isNamed: id !== undefined || link !== undefined, shows, ...(read === undefined ? {} : { read }) }
}

function plainId(value: unknown) {
  return typeof value === 'string' || typeof value === 'number' ? { member: 'id', value: String(value) } : undefined
}

function linkIn(value: unknown, resource: unknown): string | undefined {
  if (typeof value === 'string') return /^(https?:\/)?\//.test(value) ? value : undefined
  if (!isObject(value)) return undefined
  const own = isObject(resource) ? selfLink(value, resource) : undefined
  const named = ['location', 'Location', 'url', 'uri', 'href', 'link'].map((name) => value[name])
  const headers = isObject(value['headers'])
    ? (value['headers']['Location'] ?? value['headers']['location'])
    : undefined
  return own ?? [...named, headers].find((one): one is string => typeof one === 'string')
}
