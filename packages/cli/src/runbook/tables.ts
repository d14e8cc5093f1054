import { type ProblemEntry, problemCatalogue } from '@createonce/server'
import { alerts } from '@createonce/server/observe'
import { type Cause, type Check, causes, checks } from '@createonce/verifier'
import type { Probe } from '../doctor/probe.ts'
import { probes } from '../doctor/probes.ts'
import type { RunbookAlert } from './from-alert.ts'

/** The tables that the runbook is made from. */
export interface RunbookTables {
  readonly problems: Readonly<Record<string, ProblemEntry>>
  readonly alerts: readonly RunbookAlert[]
  readonly probes: readonly Probe[]
  readonly checks: readonly Check[]
  readonly causes: readonly Cause[]
}

/** Those of this version. */
export const builtInTables: RunbookTables = { problems: problemCatalogue, alerts, probes, checks, causes }
