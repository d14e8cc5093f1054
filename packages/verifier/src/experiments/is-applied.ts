import { headerValues } from '../exchange/header-values.ts'
import type { Attempt } from './attempt.ts'

/** Tells whether an answer claims that a preference was applied (RFC 7240 §3). */
export function isApplied({ answer }: Attempt, preference: string): boolean {
  return headerValues(answer, 'preference-applied').join(',').replace(/\s/g, '').split(',').includes(preference)
}
