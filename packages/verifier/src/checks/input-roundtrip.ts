import { boundaryOutcome } from '../evidence/boundary-loss.ts'
import { describedLoss } from '../evidence/described-loss.ts'
import { losses } from '../evidence/losses.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { boundaryBodies } from '../experiments/boundary-bodies.ts'
import { created, createdAgain, createdRead } from '../experiments/created.ts'
import { sameResource } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** What was accepted is what was stored. */
export const inputRoundtrip: Check = {
  id: 'input-roundtrip',
  group: 'representation',
  title: 'Every accepted value is read back unchanged',
  level: 'error',
  basis: 'derived',
  source: 'AIP-133; OData 4.01 §11.4.2; Zalando #252',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const create = await ask(created)
    const boundaries = await ask(boundaryBodies)
    const read = await ask(createdRead)
    const usual =
      read.kind === 'read' && read.resource !== undefined
        ? losses(create.body, read.json, operation)
        : { lost: [], seen: 0 }
    const fix =
      'Store what was accepted, or refuse it with 4xx; if a value is normalised on purpose, the document should say so.'
    const { schemaIsGuess } = operation
    const allowed = schemaIsGuess ? 'A body like the example' : 'A body that the document allows'
    // What else the members of an example may hold is not known: one may be a choice of two words.
    const guess = schemaIsGuess ? { level: 'warning' as const } : {}
    let compared = usual.seen
    const outcomes = boundaries.map((one) => ({ ...one, outcome: boundaryOutcome(one, usual.lost, operation) }))
    for (const { boundary, tried, outcome } of outcomes) {
      if (outcome.kind !== 'broken' || boundary.about !== 'size') continue
      return fail({
        message: `${allowed} (${boundary.name}) ${outcome.seen}. A value is either stored as it is or refused with 4xx.`,
        fix: 'Store the value, or declare the limit in the document and refuse what is beyond it.',
        evidence: [tried.exchange],
        ...guess,
      })
    }
    if (usual.lost.length > 0 && read.kind === 'read') {
      // A 200 may tell of what was there before, under a name that was taken: then nothing was stored.
      const again = create.status === 200 ? await ask(createdAgain) : undefined
      if (again !== undefined && sameResource(create, again) === true)
        return inconclusive('creates from different bodies were answered with 200 and one resource', create, again)
      return fail({
        message: `A valid body was accepted with ${create.status}, and is read back differently: ${listed(usual.lost.slice(0, 4).map(describedLoss))}.`,
        fix,
        evidence: [create, read.answer],
      })
    }
    for (const { boundary, tried, read, outcome } of outcomes) {
      if (outcome.kind === 'kept') compared += 1
      if (outcome.kind !== 'lost' || outcome.by !== 'anything') continue
      if (tried.kind !== 'answered' || read?.kind !== 'read') continue
      return fail({
        message: `${allowed} (${boundary.name}) was accepted with ${tried.attempt.status}, and is read back differently: ${listed(outcome.lost.slice(0, 4).map(describedLoss))}.`,
        fix,
        evidence: [tried.attempt, read.answer],
        ...guess,
      })
    }
    return compared > 0 ? pass(create) : inconclusive('nothing that was sent is shown by a read', create)
  },
}
