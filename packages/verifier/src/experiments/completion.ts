import type { Answer } from '../exchange/exchange.ts'

/** What became of a request that was only accepted (202). `answers` are those that showed it, in their order. */
export type Completion =
  /** The answer leads nowhere; `holds` tells whether it says anything that might. */
  | { readonly kind: 'no pointer'; readonly holds: boolean }
  | { readonly kind: 'elsewhere'; readonly url: string }
  /** What was created, as it is read. */
  | { readonly kind: 'created'; readonly answers: readonly Answer[]; readonly read: Answer; readonly json: unknown }
  /** The work is done, and its result is not where it is said to be. */
  | { readonly kind: 'lost'; readonly answers: readonly Answer[]; readonly at: Answer }
  /** The work is done, and nothing leads to the result. */
  | { readonly kind: 'silent'; readonly answers: readonly Answer[] }
  | { readonly kind: 'failed'; readonly answers: readonly Answer[]; readonly explained: boolean }
  /** The monitor was there, and is not any more; or it breaks. */
  | { readonly kind: 'gone' | 'broken'; readonly answers: readonly Answer[] }
  | { readonly kind: 'unfinished'; readonly answers: readonly Answer[]; readonly reason: string }
