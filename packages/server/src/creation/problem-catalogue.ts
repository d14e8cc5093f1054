import { keyProblems } from './problems/key-problems.ts'
import type { ProblemCode, ProblemEntry } from './problems/problem-entry.ts'
import { requestProblems } from './problems/request-problems.ts'
import { resourceProblems } from './problems/resource-problems.ts'
import { serviceProblems } from './problems/service-problems.ts'

export type { ProblemCode, ProblemEntry, RetryRule } from './problems/problem-entry.ts'

/**
 * Every problem that a creation can answer, by code. The code ends the problem's `type` (RFC 9457 §3.1.1), stands in
 * the log line, and is stable by semantic versioning.
 */
export const problemCatalogue: Readonly<Record<ProblemCode, ProblemEntry>> = {
  ...requestProblems,
  ...keyProblems,
  ...resourceProblems,
  ...serviceProblems,
}
