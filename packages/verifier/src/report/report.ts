import type { Basis } from '../checks/check.ts'
import type { Level } from '../evidence/level.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { GuidelineName } from '../guidelines/guidelines.ts'
import type { DuplicatePolicy, IdempotencyPolicy } from '../target/target.ts'
import type { BaselineFinding } from './parse-baseline.ts'

/** The report of a run: what the JSON report is, and what every other format is made from. Schema version 1. */
export interface Report {
  readonly schemaVersion: 1
  readonly tool: { readonly name: 'createonce'; readonly version: string }
  readonly target: { readonly baseUrl: string; readonly document: string; readonly profile?: string }
  /** What was judged by, where guidelines disagree. Absent in reports of older versions, which is `rfc`. */
  readonly guidelines?: { readonly name: GuidelineName; readonly title: string; readonly source: string }
  readonly startedAt: string
  readonly durationMs: number
  readonly seed: number
  readonly requests: number
  readonly operations: readonly ReportedOperation[]
  /** Whether nothing was created: then a pass is one as far as reading shows. */
  readonly readOnly?: true
  /** The checks that were run, in the order of a run. Absent in reports of older versions. */
  readonly checks?: readonly ReportedCheck[]
  readonly results: readonly Result[]
  /** The exchanges that results point to, or all of the run where that was asked for; secrets masked. */
  readonly exchanges: readonly Exchange[]
  /** What the run made and could not delete. */
  readonly leftovers: readonly string[]
  /** How the findings compare with those of a baseline, where one was given. */
  readonly baseline?: {
    /** Known findings whose check passes now. */
    readonly vanished: readonly BaselineFinding[]
    /** Known findings that were not judged again: they may still be there. */
    readonly open: readonly BaselineFinding[]
  }
}

/** A creation that was judged, or why it could not be. */
export interface ReportedOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly policy: {
    readonly duplicates?: DuplicatePolicy
    readonly idempotency?: IdempotencyPolicy
    readonly naturalKey?: readonly string[]
  }
  /** What of the policy is concluded and not declared, and from what. */
  readonly inferred: readonly string[]
  readonly judged: boolean
  /** Why not, where it was not. */
  readonly reason?: string
}

/** A check that was run. */
export interface ReportedCheck {
  readonly id: string
  readonly group: string
  /** What holds when it passes. */
  readonly title: string
}

/** The verdict of one check on one operation. */
export interface Result {
  /** Of a finding: the same in every run that finds the same fault in the same place. */
  readonly id?: string
  /** Whether a baseline has it: such a finding does not fail the run. */
  readonly known?: boolean
  readonly check: string
  readonly operation: string
  readonly verdict: 'pass' | 'fail' | 'inconclusive' | 'skip' | 'error'
  /** The level of a finding, or the level that one would have had. */
  readonly level: Level
  readonly basis: Basis
  readonly source: string
  readonly message: string
  readonly fix?: string
  /** Of a finding of a check of ours: what is usually wrong, and the page with the fix in three frameworks. */
  readonly cause?: { readonly id: string; readonly title: string; readonly page: string }
  /** Of a finding: another check that found something on the same operation, which may be the same fault. */
  readonly explainedBy?: string
  /** Ids of exchanges; that of the one at fault comes first. */
  readonly evidence: readonly number[]
  /**
   * Of a finding whose first exchange is the smallest request found that shows it: the exchange in which it was first
   * seen.
   */
  readonly shrunkFrom?: number
  /** A command line that repeats the request of the first exchange. */
  readonly reproduce?: string
}
