import { RecordUnreadableError } from './record-unreadable-error.ts'
import { isSealed, readSealed } from './sealed-text.ts'
import type { RecordedAnswer } from './store.ts'

/**
 * Refuses to answer with a sealed text: what a creation's seal has opened is none any more, so this one has no seal,
 * while the one that wrote the record had.
 */
export function refuseSealed({ body }: RecordedAnswer): void {
  if (!isSealed(body)) return
  throw new RecordUnreadableError(
    `The answer under this key is sealed with the key '${readSealed(body).keyId}', and this creation has no seal. Give it idempotency.seal back until the last sealed record is past its retention.`,
  )
}
