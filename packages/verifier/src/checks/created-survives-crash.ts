import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { survivedOf } from '../evidence/survived-of.ts'
import { fail, inconclusive, pass, type Verdict } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { type CrashedCreation, crashes } from '../experiments/crashes.ts'
import { sameResource } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** A 201 is a promise: what was answered is kept, whatever happens to the process afterwards. */
export const createdSurvivesCrash: Check = {
  id: 'created-survives-crash',
  group: 'concurrency',
  title: 'What was answered with 201 is still there after SIGKILL and a restart, and so is its key',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §15.3.2; OASIS Repeatable Requests 1.0 §5',
  methods: ['POST', 'PUT'],
  alone: true,
  async run(ask, operation) {
    const evidence = survivedOf(await ask(crashes))
    if (evidence.kind === 'unknown') return evidence.verdict
    const { creations, kills, listing, control } = evidence
    const promised = creations.filter(({ acknowledged }) => acknowledged !== undefined && acknowledged.after < kills)
    if (promised.length === 0) return inconclusive('no create was acknowledged before a kill', control.tried.exchange)
    const lost = promised.find((one) => isLost(one))
    const listed = listing.kind === 'listed' ? [listing.evidence] : []
    if (lost?.acknowledged !== undefined && lost.read !== undefined) {
      const { answer, status } = lost.acknowledged.attempt
      const count = promised.filter(isLost).length
      const looked = promised.filter(({ listed, read }) => listed !== undefined || read !== undefined).length
      return fail({
        message: `A create was answered with ${status}, the process was killed and started again, and what was created is gone (${count} of ${looked} that were looked for; what is created now is there). A 201 says that the creation has happened (RFC 9110 §15.3.2).`,
        fix: 'Answer after the commit to a durable store: not from memory, and not before what is buffered has been written.',
        evidence: [answer, ...answersOf(lost), ...listed, control.tried.exchange],
      })
    }
    const policy = keyPolicyOf(operation)
    const forgotten = policy.kind === 'keys' ? promised.map(judgeReplay).find((one) => one !== undefined) : undefined
    if (forgotten !== undefined && policy.kind === 'keys') return tempered(forgotten, policy.inferred)
    const found = promised.filter(({ listed, read }) => (listed?.count ?? 0) > 0 || read?.kind === 'read')
    return found.length === 0
      ? inconclusive('what was created before the kills cannot be looked for', control.tried.exchange)
      : pass(
          ...found.slice(-3).flatMap(({ acknowledged }) => (acknowledged === undefined ? [] : [acknowledged.attempt])),
          ...listed,
        )
  },
}

// Gone is what its own URL answers 404 or 410 for, while a creation of after the restart is seen.
function isLost({ listed, read }: CrashedCreation): boolean {
  if ((listed?.count ?? 0) > 0 || read?.kind !== 'missing') return false
  return read.answers.every(({ response }) => response.status === 404 || response.status === 410)
}

function answersOf({ read }: CrashedCreation) {
  return read?.kind === 'missing' ? read.answers : []
}

function judgeReplay({ acknowledged, replay, listed }: CrashedCreation): Verdict | undefined {
  if (acknowledged === undefined || replay?.kind !== 'answered') return undefined
  const { attempt } = replay
  // Limits, overload and expired tokens are no matter of the key.
  if ([401, 403, 429, 502, 503, 504].includes(attempt.status)) return undefined
  const evidence = [attempt, acknowledged.attempt, ...(listed === undefined ? [] : [listed.evidence])]
  const fix =
    'Keep keys in the database of the resources, written in the same transaction; memory is lost with the process.'
  if (accepted(attempt) && sameResource(acknowledged.attempt, attempt) !== false && (listed?.count ?? 1) <= 1)
    return undefined
  const what = accepted(attempt) ? 'created another resource' : `answered ${attempt.status}`
  return fail({
    message: `A create was answered with ${acknowledged.attempt.status}, the process was killed and started again, and a retry with the same key ${what}: the key did not survive.`,
    fix,
    evidence,
  })
}
