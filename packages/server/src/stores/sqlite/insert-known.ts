import type { Inserted } from '../../idempotency/store.ts'
import { TransactionLostError } from '../../idempotency/store-errors.ts'
import type { SqliteStatement } from './driver.ts'
import type { RowInserted } from './insert-row.ts'
import type { Inserting } from './insert-unknown.ts'
import { findRecord, keepIfFree, keepRecord, type RecordPlace, takeBack } from './records.ts'
import type { Decision } from './task.ts'
import { hasEnded } from './transaction.ts'

/**
 * Inserts a row that is known completely before, and its answer with it: so the record is written first and says by
 * itself whether the claim is free. All that a broken rule leaves behind is this record, which is taken back; neither a
 * savepoint nor a look-up is needed.
 */
export function insertKnown<Result>(
  prepare: (sql: string) => SqliteStatement,
  { rows, identified, row, build, now }: Inserting<Result>,
): Decision<Inserted<Result>> {
  const { kind, result, ...settlement } = build(row.values)
  const executed: Inserted<Result> = { kind: 'executed', result }
  if (kind === 'roll-back' || !('answer' in settlement)) {
    return { keep: false, value: (identified && findRecord(prepare, identified, now)) ?? executed }
  }
  if (identified === undefined) {
    const inserted = rows.insert(prepare, row)
    return inserted.kind === 'inserted' ? { keep: true, value: executed } : { keep: false, value: inserted }
  }

  let record = keepIfFree(prepare, identified, settlement.answer, now)
  if (record === undefined) {
    const found = findRecord(prepare, identified, now)
    if (found !== undefined) return { keep: false, value: found }
    // The one that is there is past its retention.
    record = keepRecord(prepare, identified, settlement.answer, now)
  }
  let inserted: RowInserted
  try {
    inserted = rows.insert(prepare, row)
  } catch (error) {
    undo(prepare, record)
    throw error
  }
  if (inserted.kind === 'inserted') return { keep: true, value: executed }
  undo(prepare, record)
  return { keep: false, value: inserted }
}

function undo(prepare: (sql: string) => SqliteStatement, record: RecordPlace): void {
  // A table may be declared to roll everything back where its rules are broken.
  if (hasEnded(prepare)) throw new TransactionLostError('The refused row has rolled back the whole transaction.')
  try {
    takeBack(prepare, record)
  } catch (cause) {
    throw new TransactionLostError('The record of a refused row could not be taken back.', { cause })
  }
}
