import type { Claim, Claimed, RecordedAnswer } from '../../idempotency/store.ts'
import type { SqliteStatement } from './driver.ts'

type Prepare = (sql: string) => SqliteStatement

const FIND =
  'select fingerprint, status, headers, body, expires_at from createonce_record where claim = ? and expires_at > ?'

const INSERT = `insert into createonce_record
  (claim, scope, key, fingerprint, status, headers, body, created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`

// Replaces only what is past its retention: the claim was found free in this same transaction, and nobody else can
// write before it ends.
const KEEP = INSERT.replace('insert', 'insert or replace')

const KEEP_IF_FREE = `${INSERT} on conflict (claim) do nothing`

const TAKE_BACK = 'delete from createonce_record where id = ?'

const PURGE = `delete from createonce_record where id in
  (select id from createonce_record where expires_at <= ? order by expires_at limit ?)`

/** A finished record, with the fingerprint of the request that made it. */
export type Recorded = Extract<Claimed<never>, { kind: 'recorded' }>

/** Where a record stands in the table. */
export type RecordPlace = number | bigint

/** A claim and what its record is found by. */
export interface Identified {
  readonly id: Uint8Array
  readonly claim: Claim
}

/** Finds the record of a claim that is within its retention. */
export function findRecord(prepare: Prepare, { id }: Identified, now: number): Recorded | undefined {
  const row = prepare(FIND).get(id, now)
  if (row === undefined) return undefined
  const headers = JSON.parse(String(row['headers'])) as Record<string, string>
  const answer = { status: Number(row['status']), headers }
  return {
    kind: 'recorded',
    fingerprint: String(row['fingerprint']),
    answer: row['body'] === null ? answer : { ...answer, body: String(row['body']) },
    expiresAt: Number(row['expires_at']),
  }
}

/** Writes the record of a claim that was found free, in the transaction that holds its rows; returns its place. */
export function keepRecord(prepare: Prepare, identified: Identified, answer: RecordedAnswer, now: number): RecordPlace {
  return write(prepare, KEEP, identified, answer, now).lastInsertRowid
}

/** Writes the record of a claim unless there is one already, past its retention or not. */
export function keepIfFree(
  prepare: Prepare,
  identified: Identified,
  answer: RecordedAnswer,
  now: number,
): RecordPlace | undefined {
  const { changes, lastInsertRowid } = write(prepare, KEEP_IF_FREE, identified, answer, now)
  return Number(changes) === 0 ? undefined : lastInsertRowid
}

/** Removes a record that was written in this transaction. */
export function takeBack(prepare: Prepare, place: RecordPlace): void {
  prepare(TAKE_BACK).run(place)
}

function write(prepare: Prepare, sql: string, { id, claim }: Identified, answer: RecordedAnswer, now: number) {
  return prepare(sql).run(
    id,
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
export function purgeRecords(prepare: Prepare, now: number, limit: number): number {
  return Number(prepare(PURGE).run(now, limit).changes)
}
