import { accepted } from './attempt.ts'
import type { Lab } from './lab.ts'
import { type Pages, readPages } from './read-pages.ts'

/** What the collection shows. Only of a complete listing can it be said that something is not in it. */
export type Listing =
  | {
      readonly kind: 'listed'
      readonly items: readonly unknown[]
      readonly complete: boolean
      readonly evidence: readonly number[]
    }
  | { readonly kind: 'unlisted'; readonly reason: string }

// Nobody shows fewer to a page; a shorter list that does not grow is rather an old one.
const smallestPage = 5

/** Lists the collection that the creation adds to, and finds out whether that is all of it. */
export async function listCollection(lab: Lab): Promise<Listing> {
  const pages = await readPages(lab)
  if (pages.kind === 'unlisted') return pages
  const { items, evidence } = pages
  const complete = await isWhole(lab, pages)
  const { lists } = lab
  lists.longest = Math.max(lists.longest, items.length)
  lists.last = { length: items.length, accepted: lab.accepted }
  return { kind: 'listed', items, evidence, complete }
}

async function isWhole(lab: Lab, { items, extent }: Extract<Pages, { kind: 'read' }>): Promise<boolean> {
  if (extent === 'ended' || extent === 'cut') return extent === 'ended'
  const { lists } = lab
  if (items.length < lists.longest) return true
  if (items.length === lists.cutAt) return false
  // A list that has not grown though something was created may be cut at that length, whatever it is.
  const stands =
    lists.last !== undefined &&
    items.length >= smallestPage &&
    items.length <= lists.last.length &&
    lab.accepted > lists.last.accepted
  return extent === 'page-sized' || stands ? await growsBeyond(lab, items.length) : true
}

/** Creates one more: a list that grows by it had not reached the length at which it would be cut. */
async function growsBeyond(lab: Lab, length: number): Promise<boolean> {
  const tried = await lab.tryPost({ body: lab.newBody() })
  if (tried.kind === 'unanswered' || !accepted(tried.attempt)) return false
  const pages = await readPages(lab)
  if (pages.kind === 'unlisted') return false
  lab.lists.longest = Math.max(lab.lists.longest, pages.items.length)
  if (pages.items.length > length) return true
  lab.lists.cutAt = length
  return false
}
