import { type Loss, losses } from '../evidence/losses.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import type { Attempt } from '../experiments/attempt.ts'
import { boundaryBodies } from '../experiments/boundary-bodies.ts'
import { created, createdRead } from '../experiments/created.ts'
import type { ReadBack } from '../experiments/read-back.ts'
import type { Check } from './check.ts'

/** What was accepted is what was stored. */
export const inputRoundtrip: Check = {
  id: 'input-roundtrip',
  group: 'representation',
  title: 'Every accepted value is read back unchanged',
  level: 'error',
  basis: 'derived',
  source: 'AIP-133; OData 4.01 §11.4.2; Zalando #252',
  async run(ask, operation) {
    const create = await ask(created)
    const boundaries = await ask(boundaryBodies)
    const sent: { name: string; attempt: Attempt; read: ReadBack }[] = [
      { name: 'a valid body', attempt: create, read: await ask(createdRead) },
      ...boundaries.flatMap(({ boundary, tried, read }) =>
        tried.kind === 'answered' && read !== undefined ? [{ name: boundary.name, attempt: tried.attempt, read }] : [],
      ),
    ]
    const { schemaIsGuess } = operation
    const allowed = schemaIsGuess ? 'A body like the example' : 'A body that the document allows'
    // What else the members of an example may hold is not known: one may be a choice of two words.
    const guess = schemaIsGuess ? { level: 'warning' as const } : {}
    for (const { boundary, tried } of boundaries) {
      if (tried.kind === 'answered' && tried.attempt.status < 500) continue
      const seen =
        tried.kind === 'answered'
          ? `answers ${tried.attempt.status}`
          : `is not answered (${tried.exchange.failure?.detail})`
      return fail({
        message: `${allowed} (${boundary.name}) ${seen}. A value is either stored as it is or refused with 4xx.`,
        fix: 'Store the value, or declare the limit in the document and refuse what is beyond it.',
        evidence: [tried.exchange],
        ...guess,
      })
    }
    let compared = 0
    for (const { name, attempt, read } of sent) {
      if (read.kind !== 'read' || read.resource === undefined) continue
      const { lost, seen } = losses(attempt.body, read.json, operation)
      compared += seen
      if (lost.length === 0) continue
      return fail({
        message: `${name === 'a valid body' ? 'A valid body' : `${allowed} (${name})`} was accepted with ${attempt.status}, and is read back differently: ${listed(lost.slice(0, 4).map(described))}.`,
        fix: 'Store what was accepted, or refuse it with 4xx; if a value is normalised on purpose, the document should say so.',
        evidence: [attempt, read.answer],
        ...(name === 'a valid body' ? {} : guess),
      })
    }
    return compared > 0 ? pass(create) : inconclusive('nothing that was sent is shown by a read', create)
  },
}

function described({ pointer, sent, seen }: Loss): string {
  const shown = (value: unknown) => {
    const text = JSON.stringify(value) ?? 'absent'
    return text.length > 60 ? `${text.slice(0, 60)}… (${text.length} characters)` : text
  }
  return `${pointer} was ${shown(sent)} and is ${seen === undefined ? 'absent' : shown(seen)}`
}
