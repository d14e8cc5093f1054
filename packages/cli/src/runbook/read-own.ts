import type { RunbookAddition } from '../config/config.ts'
import { findConfig } from '../config/find-config.ts'
import { loadConfig } from '../config/load-config.ts'

/** The user's entries of the runbook; none where there is no configuration, which the runbook does not need. */
export async function readOwn(folder: string): Promise<Readonly<Record<string, RunbookAddition>>> {
  if (findConfig(folder) === undefined) return {}
  return (await loadConfig(folder)).config.runbook ?? {}
}
