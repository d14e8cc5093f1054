import type { RecordedAnswer } from '../../idempotency/store.ts'

/** A finished record, with the fingerprint of the request that made it. */
export interface FoundRecord {
  readonly fingerprint: string
  readonly answer: RecordedAnswer
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** Reads the row of a record. All its columns come as text: an author's type parsers change nothing here. */
export function foundRecord(row: Readonly<Record<string, unknown>>): FoundRecord {
  const headers = JSON.parse(String(row['headers'])) as Record<string, string>
  const answer = { status: Number(row['status']), headers }
  const { body } = row
  return {
    fingerprint: String(row['fingerprint']),
    answer: typeof body === 'string' ? { ...answer, body } : answer,
    expiresAt: Number(row['expires']),
  }
}

/** Whether a record says the same, byte for byte. */
export function isSameRecord(one: Omit<FoundRecord, 'expiresAt'>, other: Omit<FoundRecord, 'expiresAt'>): boolean {
  return (
    one.fingerprint === other.fingerprint &&
    one.answer.status === other.answer.status &&
    one.answer.body === other.answer.body &&
    JSON.stringify(one.answer.headers) === JSON.stringify(other.answer.headers)
  )
}
