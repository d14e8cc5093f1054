import { nearest } from '../nearest.ts'

// As many as one reads at a glance.
const MOST = 5

/** What may be meant by a code that is none: `; is store-unavailable meant?`. The end of a sentence, in any case. */
export function suggestCode(code: string, known: readonly string[]): string {
  const near = nearest(code, known).slice(0, MOST)
  if (near.length === 0) return '.'
  const [last, ...others] = near.toReversed()
  return `; is ${others.length === 0 ? last : `${others.toReversed().join(', ')} or ${last}`} meant?`
}
