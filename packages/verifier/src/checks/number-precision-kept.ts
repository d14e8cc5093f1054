import { boundaryOutcome, usualLosses } from '../evidence/boundary-loss.ts'
import { describedLoss } from '../evidence/described-loss.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { boundaryBodies } from '../experiments/boundary-bodies.ts'
import { created, createdRead } from '../experiments/created.ts'
import type { Check } from './check.ts'

/** A number is kept to its last digit. */
export const numberPrecisionKept: Check = {
  id: 'number-precision-kept',
  group: 'representation',
  title: 'Numbers that the schema allows are read back exactly',
  level: 'error',
  basis: 'derived',
  source: 'RFC 8259 §6; RFC 7493 §2.2',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const create = await ask(created)
    const numbers = (await ask(boundaryBodies)).filter(({ boundary }) => boundary.about === 'number')
    if (numbers.length === 0) return skip('the schema has no number whose limits it declares')
    const usual = usualLosses(create, await ask(createdRead), operation)
    const judged = numbers.map((one) => ({ ...one, outcome: boundaryOutcome(one, usual, operation) }))
    const fix =
      'Give the column the range and the precision that the schema declares (64-bit integers, decimals for money), or declare the limit and refuse what is beyond it.'
    for (const { boundary, tried, read, outcome } of judged) {
      if (outcome.kind === 'broken') {
        return fail({
          message: `A body that the document allows (${boundary.name}) ${outcome.seen}. A number is either stored as it is or refused with 4xx.`,
          fix,
          evidence: [tried.exchange],
        })
      }
      if (outcome.kind !== 'lost' || outcome.by !== 'the edge') continue
      return fail({
        message: `A body that the document allows (${boundary.name}) was accepted, and is read back differently: ${listed(outcome.lost.map(describedLoss))}.`,
        fix,
        evidence: [tried.exchange, ...(read?.kind === 'read' ? [read.answer] : [])],
      })
    }
    const kept = judged.filter(({ outcome }) => outcome.kind === 'kept')
    return kept.length > 0
      ? pass(...kept.map(({ tried }) => tried.exchange))
      : inconclusive('no number at the limits of the schema was accepted and shown', create)
  },
}
