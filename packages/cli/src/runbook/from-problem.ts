import { type ProblemCode, type ProblemEntry, problemSignature } from '@createonce/server'
import { metrics } from '@createonce/server/observe'
import type { RunbookEntry } from './entry.ts'

/** A problem of the catalogue, as an entry. */
export function fromProblem([code, problem]: readonly [string, ProblemEntry]): RunbookEntry {
  const { event, level } = problemSignature(code as ProblemCode)
  const { title, status, meaning, retry, client, transient, firstResponse, rollBack, escalation } = problem
  return {
    code,
    kind: 'problem',
    title,
    signature: `A log line with \`"event":"${event}"\` and \`"code":"${code}"\`, at level ${level}. The metric \`${metrics['createonce.creations'].prometheus}{code="${code}"}\` counts them. Clients get ${status} with a \`type\` that ends in \`/${code}\`.`,
    meaning,
    transient: `${transient.passes ? 'Yes' : 'No'}. ${transient.lasts}`,
    client: `${client} (retry: \`${retry}\`)`,
    firstResponse,
    rollBack,
    escalation,
    links: [],
  }
}
