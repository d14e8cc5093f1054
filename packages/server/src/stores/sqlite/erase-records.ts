import { scopesOf } from '../../idempotency/scope.ts'
import type { SqliteStatement } from './driver.ts'

// From the first scope of the principal up to where the space behind the name is a higher character. SQLite compares
// the bytes of UTF-8, and records are in the order of their scopes, so that nobody else's are read.
const ERASE = `delete from createonce_record where (scope, key) in
  (select scope, key from createonce_record where scope >= ? and scope < ? limit ?)`

/** Deletes at most `limit` records of a principal, past their retention or not; returns how many. */
export function eraseRecords(prepare: (sql: string) => SqliteStatement, principal: string, limit: number): number {
  const from = scopesOf(principal)
  return Number(prepare(ERASE).run(from, `${from.slice(0, -1)}!`, limit).changes)
}
