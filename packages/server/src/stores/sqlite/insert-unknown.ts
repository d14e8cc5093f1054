import type { DeclaredRow, Inserted, Settlement } from '../../idempotency/store.ts'
import type { SqliteStatement } from './driver.ts'
import type { RowInserter } from './insert-row.ts'
import { findRecord, type Identified, keepRecord } from './records.ts'
import type { Decision } from './task.ts'

/** A declared row on its way into the database. */
export interface Inserting<Result> {
  readonly rows: RowInserter
  readonly identified: Identified | undefined
  readonly row: DeclaredRow
  readonly build: (values: Readonly<Record<string, unknown>>) => Settlement<Result>
  readonly now: number
}

/** Inserts a row that the database completes: the answer is built of what was really kept, behind a savepoint. */
export function insertUnknown<Result>(
  prepare: (sql: string) => SqliteStatement,
  { rows, identified, row, build, now }: Inserting<Result>,
): Decision<Inserted<Result>> {
  const found = identified && findRecord(prepare, identified, now)
  if (found !== undefined) return { keep: false, value: found }
  const inserted = rows.insert(prepare, row)
  if (inserted.kind !== 'inserted') return { keep: false, value: inserted }
  const settlement = build(inserted.row ?? row.values)
  if (settlement.kind === 'commit' && identified !== undefined) {
    keepRecord(prepare, identified, settlement.answer, now)
  }
  return { keep: settlement.kind === 'commit', value: { kind: 'executed', result: settlement.result } }
}
