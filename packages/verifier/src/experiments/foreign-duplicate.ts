import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { otherPrincipal, readAs, type StrangeRead } from './other-principal.ts'

/** What the second principal is told when it creates what the first one has. */
export type ForeignDuplicate =
  | { readonly kind: 'impossible'; readonly attempt?: Attempt; readonly reason: string }
  | { readonly kind: 'tried'; readonly first: Attempt; readonly second: Attempt; readonly seen: StrangeRead }

/** Two bodies that agree in the natural key and differ in everything else, by two principals. */
export const foreignDuplicate: Experiment<ForeignDuplicate> = {
  name: 'create as the second principal what the first one has',
  async run(lab) {
    await lab.ask(created)
    const other = await lab.ask(otherPrincipal)
    if (other.kind === 'none') return { kind: 'impossible', reason: 'there is no second principal' }
    if (other.kind === 'powerless') {
      const reason = `the second principal may not create: it is answered ${other.attempt.status}`
      return { kind: 'impossible', attempt: other.attempt, reason }
    }
    const body = lab.newBody()
    const first = await lab.post({ body })
    if (!accepted(first)) {
      return { kind: 'impossible', attempt: first, reason: `the first of two creates answered ${first.status}` }
    }
    const seen = await readAs(lab, first, other.attempt.marks)
    const second = await lab.post({ body: lab.newBody({ keep: body }), as: 'other' })
    return { kind: 'tried', first, second, seen }
  },
}
