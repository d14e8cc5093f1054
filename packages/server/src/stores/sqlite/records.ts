import type { Claim, RecordedAnswer } from '../../idempotency/store.ts'
import type { SqliteStatement } from './driver.ts'

const FIND =
  'select fingerprint, status, headers, body, expires_at from createonce_record where scope = ? and key = ? and expires_at > ?'

// Replaces only what is past its retention: the claim was found free in this same transaction, and nobody else can
// write before it ends.
const KEEP = `insert or replace into createonce_record
  (scope, key, fingerprint, status, headers, body, created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)`

const PURGE = `delete from createonce_record where (scope, key) in
  (select scope, key from createonce_record where expires_at <= ? order by expires_at limit ?)`

/** A finished record, with the fingerprint of the request that made it. */
export interface FoundRecord {
  readonly fingerprint: string
  readonly answer: RecordedAnswer
  readonly expiresAt: number
}

/** Finds the record of a claim that is within its retention. */
export function findRecord(
  prepare: (sql: string) => SqliteStatement,
  claim: Claim,
  now: number,
): FoundRecord | undefined {
  const row = prepare(FIND).get(claim.scope, claim.key, now)
  if (row === undefined) return undefined
  const headers = JSON.parse(String(row['headers'])) as Record<string, string>
  const answer = { status: Number(row['status']), headers }
  return {
    fingerprint: String(row['fingerprint']),
    answer: row['body'] === null ? answer : { ...answer, body: String(row['body']) },
    expiresAt: Number(row['expires_at']),
  }
}

/** Writes the record of a claim, in the transaction that holds its rows. */
export function keepRecord(
  prepare: (sql: string) => SqliteStatement,
  claim: Claim,
  answer: RecordedAnswer,
  now: number,
): void {
  prepare(KEEP).run(
    claim.scope,
    claim.key,
    claim.fingerprint,
    answer.status,
    JSON.stringify(answer.headers),
    answer.body ?? null,
    now,
    now + claim.retentionMs,
  )
}

/** Deletes at most `limit` records past their retention, oldest first; returns how many. */
export function purgeRecords(prepare: (sql: string) => SqliteStatement, now: number, limit: number): number {
  return Number(prepare(PURGE).run(now, limit).changes)
}
