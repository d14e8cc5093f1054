import type { Tried } from '../experiments/attempt.ts'
import { inconclusive, pass, type Verdict } from './verdict.ts'

/** Whether a create was refused with the one status that is right; else what it was answered with. */
export type Refusal =
  | { readonly kind: 'judged'; readonly verdict: Verdict }
  | { readonly kind: 'answered'; readonly status: number }

/** Holds what became of a create against the status that it has to be refused with. */
export function refusedWith(wanted: number, tried: Tried): Refusal {
  const judged = (verdict: Verdict): Refusal => ({ kind: 'judged', verdict })
  if (tried.kind === 'unanswered') return judged(inconclusive('the request was not answered', tried.exchange))
  const { status } = tried.attempt
  if (status === wanted) return judged(pass(tried.exchange))
  // Who may not call, or not now, is not told what is wrong with the request.
  if ([401, 403, 429].includes(status))
    return judged(inconclusive(`the request was answered with ${status}`, tried.exchange))
  return { kind: 'answered', status }
}
