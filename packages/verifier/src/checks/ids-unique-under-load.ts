import { losses } from '../evidence/losses.ts'
import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { createdRead } from '../experiments/created.ts'
import { isObject } from '../experiments/json-node.ts'
import { carries } from '../experiments/marks.ts'
import { raceDistinct } from '../experiments/race-distinct.ts'
import { placeOf } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** Simultaneous creates do not mix: as many resources as answers, each with its own content. */
export const idsUniqueUnderLoad: Check = {
  id: 'ids-unique-under-load',
  group: 'concurrency',
  title: 'Simultaneous creates get ids and contents of their own',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §10.2.2',
  methods: ['POST', 'PUT'],
  confirmations: 3,
  async run(ask, operation) {
    const { lanes, attempts, reads, lost } = await ask(raceDistinct)
    const broken = attempts.filter(({ status }) => status >= 500 && status !== 503)
    if (broken.length > 0) {
      return fail({
        message: `${broken.length} of ${lanes.length} simultaneous creates from different bodies answered ${broken[0]?.status}.`,
        fix: 'Look for state that requests share, and for a store that refuses a second writer instead of letting it wait.',
        evidence: broken,
      })
    }
    const winners = attempts.filter((one) => accepted(one) && placeOf(one) !== undefined)
    if (winners.length < 2)
      return inconclusive('fewer than two simultaneous creates were answered with an id or a Location', ...attempts)
    const byPlace = new Map<string, typeof winners>()
    for (const one of winners) {
      const place = placeOf(one) ?? ''
      byPlace.set(place, [...(byPlace.get(place) ?? []), one])
    }
    const shared = [...byPlace.entries()].find(([, owners]) => owners.length > 1)
    if (shared !== undefined) {
      if (shared[1].every((one) => showsOlder(one, attempts)))
        return inconclusive('the answers are 200 and show what was there before: nothing was created', ...shared[1])
      return fail({
        message: `${shared[1].length} of ${lanes.length} simultaneous creates from different bodies were given the same id ${quote(shared[0])}.`,
        fix: 'Let the database make ids (a sequence), or make random ones (UUID); neither the clock nor a count is unique.',
        evidence: shared[1],
      })
    }
    for (const { attempt, read } of reads) {
      if (read.kind !== 'read') continue
      const foreign = winners.find((other) => other !== attempt && carries(read.json, other.marks))
      if (foreign === undefined) continue
      // A resource may show others beside itself; but then it shows all of its own, too.
      if (carries(read.json, attempt.marks) && losses(attempt.body, read.json, operation).lost.length === 0) continue
      return fail({
        message: 'After simultaneous creates, the URL of one resource shows the content of another.',
        fix: 'Look for a variable that requests share.',
        evidence: [attempt, foreign, read.answer],
      })
    }
    // What is created alone can be read: so could these be, if they were there. 202 promises no more than to try.
    const gone = lost.filter(({ attempt }) => attempt.status === 201 || attempt.status === 200)
    const [first] = gone
    if (first !== undefined && (await ask(createdRead)).kind === 'read') {
      return fail({
        message: `${gone.length} of ${lanes.length} simultaneous creates answered ${first.attempt.status}, and what they created is not there: they overwrote each other.`,
        fix: 'Insert rows; do not read a collection, add to it and write it back.',
        evidence: [first.attempt, ...(first.read.kind === 'read' ? [] : first.read.answers)],
      })
    }
    if (!reads.some(({ read }) => read.kind === 'read'))
      return inconclusive('what was created could not be read', ...attempts)
    return pass(...attempts)
  },
}

/** A 200 that shows the members that were sent with nothing of what was sent at once tells of what was there before. */
function showsOlder({ status, json, body, resource }: Attempt, raced: readonly Attempt[]): boolean {
  const isEcho = isObject(body) && Object.keys(body).some((name) => resource?.[name] !== undefined)
  return status === 200 && isEcho && !raced.some(({ marks }) => carries(json, marks))
}
