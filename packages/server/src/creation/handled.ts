import type { EventName } from '../observe/events.ts'
import type { Ended } from '../observe/observe-creation.ts'
import type { Answer } from './answer.ts'
import type { Rejection } from './rejection.ts'

/** What a request came to: an answer with its event, or a refusal that still has to be written as a problem. */
export type Handled = { readonly kind: 'answered'; readonly event: EventName; readonly answer: Answer } | Rejection

/** What was learnt on the way, for whoever logs or watches. */
export interface Seen {
  principal: string | undefined
  key: string | undefined
  /** How often the store has run the work. */
  attempts: number
  /** On the clock of `performance`, in milliseconds; zero where nobody logs or watches. */
  readonly startedAt: number
  /** Told how it ended, where somebody watches. */
  readonly ended: Ended | undefined
}
