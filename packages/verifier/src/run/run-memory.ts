import type { Client } from '../http/client.ts'
import type { OperationOutcome } from './verify-operation.ts'

/** What a run remembers of its exchanges while it goes on. */
export interface RunMemory {
  /** Says that an operation is judged from now on; call what is returned at its end. */
  begin(): () => void
}

/**
 * Lets go of the exchanges that no verdict points to, as soon as no operation that is under way can point to them, so that
 * a run over many operations needs no more memory than its report.
 */
export function createRunMemory(
  client: Pick<Client, 'count' | 'forget'>,
  outcomes: ReadonlyMap<string, OperationOutcome>,
): RunMemory {
  const begun = new Set<{ readonly at: number }>()
  const cited = new Set<number>()
  const read = new Set<OperationOutcome>()
  return {
    begin() {
      const one = { at: client.count }
      begun.add(one)
      return () => {
        begun.delete(one)
        for (const outcome of outcomes.values()) {
          if (read.has(outcome)) continue
          read.add(outcome)
          for (const verdict of outcome.verdicts.values()) {
            if ('evidence' in verdict) for (const id of verdict.evidence) cited.add(id)
          }
        }
        const oldest = Math.min(client.count, ...[...begun].map(({ at }) => at))
        client.forget(oldest, (id) => cited.has(id))
      }
    },
  }
}
