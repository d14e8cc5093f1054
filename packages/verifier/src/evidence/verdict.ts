import type { Exchange } from '../exchange/exchange.ts'
import type { Level } from './level.ts'

/** What is wrong, what to do about it, and the exchanges that prove it. */
export interface Finding {
  /** What was expected and by whom, and what was seen. */
  readonly message: string
  /** What to change in the API. */
  readonly fix: string
  /** The exchange that is at fault comes first; what proves it follows. */
  readonly evidence: readonly number[]
  /** The first exchange that showed it, where the one at fault is a smaller one that shows the same. */
  readonly shrunkFrom?: number
  /** Lower than the check's own level, where only a part of the rule is broken. */
  readonly level?: Level
  /**
   * Other than the check's own number, where this part of the rule cannot be tried again: the first time has used up
   * what it takes, as there is one empty key only.
   */
  readonly confirmations?: number
}

/** The judgement of one check on one operation. */
export type Verdict =
  | { readonly kind: 'pass'; readonly evidence: readonly number[] }
  | ({ readonly kind: 'fail' } & Finding)
  /** There was no way to observe; never counted as passed. */
  | { readonly kind: 'inconclusive'; readonly reason: string; readonly evidence: readonly number[] }
  /** The check does not apply. */
  | { readonly kind: 'skip'; readonly reason: string }
  /** The check itself broke: our fault. */
  | { readonly kind: 'error'; readonly reason: string }

/** Something that leads to exchanges. */
export type Evidence = number | Pick<Exchange, 'id'> | { readonly answer: Pick<Exchange, 'id'> } | readonly number[]

/** The rule holds. */
export function pass(...evidence: Evidence[]): Verdict {
  return { kind: 'pass', evidence: idsOf(evidence) }
}

/** The rule is broken. */
export function fail(finding: Omit<Finding, 'evidence'> & { readonly evidence: readonly Evidence[] }): Verdict {
  return { kind: 'fail', ...finding, evidence: idsOf(finding.evidence) }
}

/** It could not be observed whether the rule holds. */
export function inconclusive(reason: string, ...evidence: Evidence[]): Verdict {
  return { kind: 'inconclusive', reason, evidence: idsOf(evidence) }
}

/** The rule does not apply here. */
export function skip(reason: string): Verdict {
  return { kind: 'skip', reason }
}

function idsOf(evidence: readonly Evidence[]): number[] {
  const ids = evidence.flatMap((one) => {
    if (typeof one === 'number') return [one]
    if (Array.isArray(one)) return one as number[]
    return 'answer' in one ? [one.answer.id] : [(one as { id: number }).id]
  })
  return [...new Set(ids)]
}
