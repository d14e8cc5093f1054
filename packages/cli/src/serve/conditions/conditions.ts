import type { Limits } from './limits.ts'

/** What a server does to requests besides serving them. */
export interface Conditions {
  /** The origins whose pages may call; `*` stands for all of them. None: browsers keep other origins out. */
  readonly origins: readonly string[]
  /** How long each request waits, in milliseconds, drawn evenly between the two. */
  readonly latency?: { readonly fromMs: number; readonly toMs: number }
  /** The share of writes that meet a fault, from 0 to 1. */
  readonly faultShare: number
  /** What latency and faults are drawn from: the same seed gives the same ones in the same order. */
  readonly seed: number
  /** The file that exchanges are recorded into. */
  readonly record?: string
  readonly limits: Limits
}
