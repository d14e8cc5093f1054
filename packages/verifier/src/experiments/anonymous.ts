import { type Attempt, accepted, type Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { type Listing, listCollection } from './list-collection.ts'
import { carries } from './marks.ts'

/** What callers without valid credentials are answered. */
export type Anonymous =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'tried'
      /** A valid body without credentials. */
      readonly valid: Attempt
      /** An invalid body, and one that was accepted before, without credentials. */
      readonly others: readonly { readonly name: string; readonly tried: Tried }[]
      /** A valid body with credentials that nobody gave out. */
      readonly impostor?: Attempt
      /** Refused requests that are in the collection all the same. */
      readonly traces: readonly Attempt[]
      readonly listing?: Listing
    }

/** Creates without credentials, and with wrong ones. */
export const anonymous: Experiment<Anonymous> = {
  name: 'create without valid credentials',
  async run(lab) {
    const known = await lab.ask(created)
    if (lab.principals.nobody === undefined) return { kind: 'open' }
    const valid = await lab.post({ body: lab.newBody(), as: 'nobody' })
    if (accepted(valid)) return { kind: 'tried', valid, others: [], traces: [] }
    const [invalid] = lab.bodies.invalid(lab.likeAccepted)
    const bodies = [
      ...(invalid === undefined ? [] : [{ name: `an invalid body (${invalid.name})`, body: invalid.body }]),
      ...(known.body === undefined ? [] : [{ name: 'a body that was accepted before', body: known.body }]),
    ]
    const others: { name: string; tried: Tried }[] = []
    for (const { name, body } of bodies) others.push({ name, tried: await lab.tryPost({ body, as: 'nobody' }) })
    const impostor =
      lab.principals.impostor === undefined ? undefined : await lab.post({ body: lab.newBody(), as: 'impostor' })
    const listing = await listCollection(lab)
    const items = listing.kind === 'listed' ? listing.items : []
    const refusals = [valid, ...(impostor === undefined ? [] : [impostor])].filter((one) => !accepted(one))
    const traces = refusals.filter(({ marks }) => items.some((item) => carries(item, marks)))
    return { kind: 'tried', valid, others, traces, listing, ...(impostor === undefined ? {} : { impostor }) }
  },
}
