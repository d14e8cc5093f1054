import { type Attempt, accepted } from './attempt.ts'
import type { InvalidBody } from './bodies.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import type { Lab } from './lab.ts'
import { type Listing, listCollection } from './list-collection.ts'
import { carries } from './marks.ts'

/** Three items, of which the second is invalid, and what became of each. */
export type FaultyBatch =
  | {
      readonly kind: 'tried'
      readonly violation: InvalidBody
      readonly attempt: Attempt
      readonly listing: Extract<Listing, { kind: 'listed' }>
      /** Whether the collection shows what was made from each item; undefined where it could not be recognised. */
      readonly stored: readonly (boolean | undefined)[]
      /** The texts by which each item can be recognised. */
      readonly marks: readonly ReadonlySet<string>[]
    }
  /** Every invalid item was taken like a valid one. */
  | { readonly kind: 'taken'; readonly attempt: Attempt }
  | { readonly kind: 'blind'; readonly reason: string }

// A server need not look at every rule; of four it looks at one.
const mostRules = 4
// Rules that many read leniently are tried last.
const lenient = /^(format|nullable|additionalProperties|unevaluatedProperties|content\w+)$/
const telling = ['required', 'type', 'minLength', 'enum', 'maximum', 'minimum', 'maxLength', 'pattern']

/** Sends batches of three items with an invalid one in the middle, until the target minds. */
export const faultyBatch: Experiment<FaultyBatch> = {
  name: 'send three items, the second of them invalid',
  async run(lab) {
    const { batch } = lab.bodies
    if (batch === undefined) return { kind: 'blind', reason: 'the operation creates one at a time' }
    const valid = await lab.ask(created)
    const seen = await listed(lab, valid)
    if (seen.kind === 'unlisted') return { kind: 'blind', reason: seen.reason }
    if (!seen.items.some((item) => carries(item, valid.marks)))
      return { kind: 'blind', reason: 'the collection does not show the text by which its items could be recognised' }
    let taken: Attempt = valid
    for (const violation of violationsOf(batch.items.invalid())) {
      const items = [lab.newItem(), violation.body, lab.newItem()]
      const attempt = await lab.post({ body: batch.holding(items) })
      const listing = await listed(lab, attempt)
      if (listing.kind === 'unlisted') return { kind: 'blind', reason: listing.reason }
      const marks = items.map((item) => lab.marks(item))
      const stored = marks.map((own) => isStored(own, listing.items))
      if (!accepted(attempt) || stored.includes(false))
        return { kind: 'tried', violation, attempt, listing, stored, marks }
      taken = attempt
    }
    return taken === valid
      ? { kind: 'blind', reason: 'the schema has no rule that could be broken' }
      : { kind: 'taken', attempt: taken }
  },
}

/** Lists the collection, and writes down what of it a batch made. */
async function listed(lab: Lab, { answer, marks }: Attempt): Promise<Listing> {
  const listing = await listCollection(lab)
  if (listing.kind === 'unlisted') return listing
  for (const item of listing.items) if (carries(item, marks)) lab.adopt(item, answer.id)
  return listing
}

function isStored(marks: ReadonlySet<string>, items: readonly unknown[]): boolean | undefined {
  return marks.size === 0 ? undefined : items.some((one) => carries(one, marks))
}

/** One violation of each rule, the most telling first. */
function violationsOf(all: readonly InvalidBody[]): readonly InvalidBody[] {
  const inner = all.filter(({ pointer, rule }) => pointer !== '' && !lenient.test(rule))
  const first = inner.filter(({ rule }, at) => inner.findIndex((other) => other.rule === rule) === at)
  const rank = ({ rule }: InvalidBody) => (telling.includes(rule) ? telling.indexOf(rule) : telling.length)
  return first.sort((one, other) => rank(one) - rank(other)).slice(0, mostRules)
}
