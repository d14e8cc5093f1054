import type { RunbookAddition } from '../config/config.ts'
import type { RunbookEntry } from './entry.ts'
import { fromAlert } from './from-alert.ts'
import { fromCheck } from './from-check.ts'
import { fromProbe } from './from-probe.ts'
import { fromProblem } from './from-problem.ts'
import { mergeOwn } from './merge-own.ts'
import type { RunbookTables } from './tables.ts'

/** Every entry of the runbook: what is met at night first, then what doctor and the verifier say, then the user's own. */
export function runbookEntries(
  { problems, alerts, probes, checks, causes }: RunbookTables,
  own: Readonly<Record<string, RunbookAddition>> = {},
): readonly RunbookEntry[] {
  const builtIn = [
    ...Object.entries(problems).map(fromProblem),
    ...alerts.map(fromAlert),
    ...probes.map(fromProbe),
    ...checks.map((check) => fromCheck(check, causes)),
  ]
  return mergeOwn(builtIn, own)
}
