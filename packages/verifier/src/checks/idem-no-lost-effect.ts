import { cutAndRetried } from '../evidence/cut-and-retried.ts'
import { tempered } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass, type Verdict } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import type { CrashedCreation } from '../experiments/crashes.ts'
import type { Check } from './check.ts'

/** The other half of exactly once: a key that is remembered without its effect makes the retry a lie. */
export const idemNoLostEffect: Check = {
  id: 'idem-no-lost-effect',
  group: 'idempotency',
  title: 'A request that a crash cut succeeds when it is retried with its key',
  level: 'error',
  basis: 'derived',
  source: 'OASIS Repeatable Requests 1.0 §5; Zalando #230',
  alone: true,
  confirmations: 3,
  async run(ask, operation) {
    const evidence = await cutAndRetried(ask, operation)
    if (evidence.kind === 'unknown') return evidence.verdict
    const { retried, kills, inferred } = evidence
    if (retried.length === 0) return inconclusive(`none of ${kills} kills cut a request`)
    const verdicts = retried.map((one) => ({ one, verdict: judgeRetry(one, kills) }))
    const red = verdicts.map(({ verdict }) => verdict).filter(({ kind }) => kind === 'fail')
    // What is certainly wrong outweighs what may only take its time.
    const worst = red.find((verdict) => verdict.kind === 'fail' && verdict.level === undefined) ?? red[0]
    if (worst !== undefined) return tempered(worst, inferred)
    return (
      verdicts.find(({ verdict }) => verdict.kind === 'inconclusive')?.verdict ??
      pass(...retried.slice(-3).flatMap(exchangesOf))
    )
  },
}

function judgeRetry(one: CrashedCreation, kills: number): Verdict {
  const last = one.tries.at(-1)
  const exchanges = exchangesOf(one)
  if (last === undefined || last.kind === 'unanswered') return inconclusive('a retry was not answered', ...exchanges)
  const { status } = last.attempt
  const wrong = (message: string, fix: string, level?: 'note'): Verdict =>
    fail({ message, fix, evidence: [last.exchange, ...exchanges], ...(level === undefined ? {} : { level }) })
  if ([401, 403, 404, 429, 502, 503, 504].includes(status))
    return inconclusive(`a retry answered ${status}`, ...exchanges)
  if (status === 409 || status === 425) {
    return wrong(
      `A request was cut by SIGKILL, and six seconds after the restart a retry with its key still answers ${status}. If that is a lease it may run out later; without one the key is lost to its client.`,
      'Write the key in the transaction of the resource: a crash then leaves no key in flight. With a lease, keep it short and say in Retry-After when it ends.',
      'note',
    )
  }
  if (!accepted(last.attempt)) {
    return wrong(
      `A request was cut by SIGKILL, and the retry with the same key answers ${status}, while other creates are accepted. The client never learns of its resource.`,
      'Write key and resource in one transaction, and answer a known key before anything is validated or compared.',
    )
  }
  // Acknowledged before another kill is a promise of its own, and judged by created-survives-crash.
  if (one.acknowledged === undefined || one.acknowledged.after < kills) return pass(...exchanges)
  if ((one.listed?.count ?? 0) > 0 || one.read?.kind === 'read') return pass(...exchanges)
  const isGone = one.read?.kind === 'missing' && one.read.answers.every(({ response }) => response.status === 404)
  if (!isGone || one.read === undefined)
    return inconclusive('what the retry acknowledged cannot be looked for', ...exchanges)
  return wrong(
    `A request was cut by SIGKILL, the retry with the same key answers ${status}, and the resource does not exist: the key was kept and its effect was lost.`,
    'Write the key in the transaction of the resource, not before it.',
  )
}

function exchangesOf({ tries, read }: CrashedCreation) {
  const read404 = read?.kind === 'missing' ? read.answers : []
  return [...tries.map(({ exchange }) => exchange), ...read404]
}
