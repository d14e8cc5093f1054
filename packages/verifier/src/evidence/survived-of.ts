import type { Crashes } from '../experiments/crashes.ts'
import { inconclusive, skip, type Verdict } from './verdict.ts'

/** What was found out by killing the API, or the verdict of a check that needs it. */
export type Survival = Extract<Crashes, { kind: 'survived' }> | { readonly kind: 'unknown'; readonly verdict: Verdict }

/** Evidence by kills; there is none where the API cannot be killed, or where what is created afterwards is not seen. */
export function survivedOf(crashes: Crashes): Survival {
  const unknown = (verdict: Verdict): Survival => ({ kind: 'unknown', verdict })
  if (crashes.kind === 'off')
    return unknown(skip('the API was not started by the verifier, so it may not be killed (--start)'))
  if (crashes.kind === 'impossible') return unknown(inconclusive(crashes.reason))
  const { tried, isSeen } = crashes.control
  if (isSeen) return crashes
  const what =
    tried.kind === 'unanswered'
      ? 'after the last restart a create was not answered'
      : `what is created after the last restart cannot be seen (it answered ${tried.attempt.status})`
  return unknown(inconclusive(what, tried.exchange))
}
