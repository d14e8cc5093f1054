import { problemCatalogue } from '../problem-catalogue.ts'
import type { ProblemCode, ProblemEntry } from './problem-entry.ts'
import { type ProblemSignature, problemSignature } from './problem-signature.ts'

/** An entry of the catalogue with what leads to it. */
export interface ProblemParts extends ProblemEntry {
  readonly code: ProblemCode
  readonly signature: ProblemSignature
}

/** The entry of a code; undefined for a text that is none. */
export function problemParts(code: string): ProblemParts | undefined {
  if (!Object.hasOwn(problemCatalogue, code)) return undefined
  const known = code as ProblemCode
  return { code: known, ...problemCatalogue[known], signature: problemSignature(known) }
}
