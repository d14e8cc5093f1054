import { bodyEqualsGet } from '../../checks/body-equals-get.ts'
import type { Check } from '../../checks/check.ts'
import { describedLoss } from '../../evidence/described-loss.ts'
import { losses } from '../../evidence/losses.ts'
import { listed } from '../../evidence/quote.ts'
import { fail, inconclusive, pass } from '../../evidence/verdict.ts'
import { created, createdRead } from '../../experiments/created.ts'

/** What is read is what was sent, and what the create answered. */
export const stepCompare: Check = {
  id: 'compare',
  group: 'representation',
  title: 'What is read is what was sent and answered',
  level: 'error',
  basis: 'derived',
  source: 'AIP-133; OData 4.01 §11.4.1.5, §11.4.2; Zalando #252',
  methods: ['POST', 'PUT'],
  confirmations: 0,
  async run(ask, operation) {
    const create = await ask(created)
    const read = await ask(createdRead)
    const answered = await bodyEqualsGet.run(ask, operation)
    if (read.kind !== 'read' || read.resource === undefined) return answered
    const { lost, seen } = losses(create.body, read.json, operation)
    if (lost.length > 0) {
      // A 200 may tell of what was there before, under a name that was taken: then nothing was stored.
      if (create.status === 200) return inconclusive('a create that answered 200 may have found what was there', create)
      return fail({
        message: `A valid body was accepted with ${create.status}, and is read back differently: ${listed(lost.slice(0, 4).map(describedLoss))}.`,
        fix: 'Store what was accepted, or refuse it with 4xx; if a value is normalised on purpose, the document should say so.',
        evidence: [create, read.answer],
      })
    }
    if (answered.kind === 'fail') return { ...answered, level: 'warning' }
    return answered.kind === 'pass' || seen === 0 ? answered : pass(create, read.answer)
  },
}
