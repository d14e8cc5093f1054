import type { Verdict } from '../evidence/verdict.ts'

/** What a run tells while it goes on. */
export type RunEvent =
  | {
      readonly kind: 'started'
      readonly operations: readonly string[]
      readonly checks: readonly string[]
      readonly seed: number
    }
  | { readonly kind: 'operation-started'; readonly operation: string }
  | {
      readonly kind: 'check-finished'
      readonly operation: string
      readonly check: string
      readonly verdict: Verdict['kind']
    }
  | { readonly kind: 'operation-finished'; readonly operation: string; readonly judged: boolean }
  | { readonly kind: 'cleaning-up'; readonly made: number }
  | { readonly kind: 'finished'; readonly requests: number; readonly durationMs: number }
