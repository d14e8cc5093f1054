import { problemCodes } from './problem-codes.ts'
import { keyProblems } from './problems/key-problems.ts'
import type { ProblemCode, ProblemEntry, ProblemGuidance } from './problems/problem-entry.ts'
import { requestProblems } from './problems/request-problems.ts'
import { resourceProblems } from './problems/resource-problems.ts'
import { serviceProblems } from './problems/service-problems.ts'

const guidance: Readonly<Record<ProblemCode, ProblemGuidance>> = {
  ...requestProblems,
  ...keyProblems,
  ...resourceProblems,
  ...serviceProblems,
}

/**
 * Every problem that a creation can answer, by code. The code ends the problem's `type` (RFC 9457 §3.1.1), stands in
 * the log line, and is stable by semantic versioning.
 */
export const problemCatalogue: Readonly<Record<ProblemCode, ProblemEntry>> = /* @__PURE__ */ join()

function join(): Record<ProblemCode, ProblemEntry> {
  const entries = Object.entries(problemCodes).map(([code, row]) => [
    code,
    { ...row, ...guidance[code as ProblemCode] },
  ])
  return Object.fromEntries(entries) as Record<ProblemCode, ProblemEntry>
}
