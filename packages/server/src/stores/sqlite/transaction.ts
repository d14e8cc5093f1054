import { TransactionLostError } from '../../idempotency/store-errors.ts'
import type { SqliteStatement } from './driver.ts'

/** The author's handle on the open transaction: statements as `node:sqlite` has them, valid until `create` returns. */
export interface SqliteTransaction {
  prepare(sql: string): SqliteStatement
}

// The transaction is the library's to end: an early COMMIT would leave rows without their record, and a retry would
// create again. One statement per prepare() is all that the driver runs, so looking at its first word is enough.
const CONTROL =
  /^(?:\s|--[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/|;)*(begin|commit|end|rollback|savepoint|release|attach|detach|vacuum|pragma)\b/i

/** Statements that are valid until the transaction ends, for the author and for the library itself. */
export interface OpenTransaction {
  readonly tx: SqliteTransaction
  /**
   * The library's own statements inside the transaction. They end with it too: when `create` was given up because it
   * held the writer for too long, what it still does later must not fall into somebody else's transaction.
   */
  readonly prepare: (sql: string) => SqliteStatement
  /** Ends the handle. */
  end(): void
  /** Set once a statement has made SQLite roll everything back. */
  lost(): TransactionLostError | undefined
}

/** Wraps the writer's statements so that they neither end the transaction nor outlive it. */
export function openTransaction(prepare: (sql: string) => SqliteStatement): OpenTransaction {
  let open = true
  let lost: TransactionLostError | undefined
  const live = <T>(step: () => T): T => {
    if (!open) {
      throw new Error('This transaction has ended: await everything before create() returns, and do not keep tx.')
    }
    if (lost !== undefined) throw lost
    try {
      return step()
    } catch (cause) {
      // Without this, an author who swallows the error would go on in autocommit, and every further statement would
      // be kept at once, without a record.
      if (hasEnded(prepare)) {
        lost = new TransactionLostError(
          'A statement inside create() rolled the transaction back (OR ROLLBACK, RAISE(ROLLBACK) in a trigger, a full disk).',
          { cause },
        )
      }
      throw cause
    }
  }
  const guarded = (sql: string): SqliteStatement => {
    const statement = live(() => prepare(sql))
    return {
      run: (...values) => live(() => statement.run(...values)),
      get: (...values) => live(() => statement.get(...values)),
      all: (...values) => live(() => statement.all(...values)),
    }
  }
  return {
    prepare: guarded,
    tx: {
      prepare(sql) {
        const control = CONTROL.exec(sql)
        if (control === null) return guarded(sql)
        throw new Error(
          `create() must not run ${control[1]!.toUpperCase()}: the library ends the transaction, so that rows and key are kept together.`,
        )
      },
    },
    end() {
      open = false
    },
    lost: () => lost,
  }
}

/** Whether SQLite has ended the transaction by itself: only then can another one begin. A plain BEGIN takes no lock. */
export function hasEnded(prepare: (sql: string) => SqliteStatement): boolean {
  try {
    prepare('BEGIN').run()
  } catch {
    return false
  }
  prepare('ROLLBACK').run()
  return true
}
