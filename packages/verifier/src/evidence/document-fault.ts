import type { Level } from './level.ts'
import { type Evidence, fail, type Verdict } from './verdict.ts'

/**
 * One way in which the document and the API differ. What the document says otherwise is a warning; what it leaves out is a note,
 * for a document "is not necessarily expected to cover all possible HTTP response codes" (OpenAPI 3.1 §4.8.16).
 */
export interface DocumentFault {
  readonly what: string
  readonly level: Exclude<Level, 'error'>
  readonly evidence: readonly Evidence[]
}

// More would not be read; the exchanges of all of them are there.
const mostShown = 4

/** One finding about the document, with the worst fault first; its level is that of the worst. */
export function documentFinding(faults: readonly DocumentFault[], fix: string): Verdict {
  const sorted = [...faults].sort((one, other) => rank(one) - rank(other))
  const shown = sorted.slice(0, mostShown).map(({ what }) => what)
  const more = sorted.length > mostShown ? `; and ${sorted.length - mostShown} more` : ''
  return fail({
    message: `The document does not say what the API does: ${shown.join('; ')}${more}.`,
    fix,
    evidence: sorted.flatMap(({ evidence }) => evidence),
    level: sorted[0]?.level ?? 'note',
  })
}

function rank({ level }: DocumentFault): number {
  return level === 'warning' ? 0 : 1
}
