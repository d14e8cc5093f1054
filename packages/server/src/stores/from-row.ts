import type { FullKeyRecord } from '../idempotency/key-records.ts'
import { namesOf } from '../idempotency/names-of.ts'

/** What a row of a record table says. A transactional store has finished records only. */
export function fromRow(row: Readonly<Record<string, unknown>>, now: number): FullKeyRecord {
  const expiresAt = Number(row['expires'])
  const status = Number(row['status'])
  const { headers, body } = row
  return {
    ...namesOf(String(row['scope'])),
    key: String(row['key']),
    state: expiresAt > now ? 'completed' : 'expired',
    fingerprint: String(row['fingerprint']),
    since: Number(row['created']),
    expiresAt,
    status,
    ...(headers !== undefined && {
      answer: {
        status,
        headers: JSON.parse(String(headers)) as Record<string, string>,
        ...(body !== null && { body: String(body) }),
      },
    }),
  }
}
