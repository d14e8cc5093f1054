import type { Answer } from '../creation/answer.ts'
import type { RecordedAnswer } from './store.ts'

/** The recorded answer, marked as one that was given before. */
export function toReplay({ status, headers, body }: RecordedAnswer): Answer {
  const marked = { ...headers, 'Idempotent-Replayed': 'true' }
  return body === undefined ? { status, headers: marked } : { status, headers: marked, body }
}
