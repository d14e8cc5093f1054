import { TransactionLostError } from '../../idempotency/store-errors.ts'
import type { SqliteRow, SqliteStatement, SqliteValue } from './driver.ts'

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
  const guard = new Guard(prepare)
  const guarded = (sql: string): SqliteStatement =>
    new GuardedStatement(
      guard,
      guard.run(() => prepare(sql)),
    )
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
      guard.isOpen = false
    },
    lost: () => guard.lost,
  }
}

/** Whether the transaction can still be used, asked before each statement. */
class Guard {
  isOpen = true
  lost: TransactionLostError | undefined
  readonly #prepare: (sql: string) => SqliteStatement

  constructor(prepare: (sql: string) => SqliteStatement) {
    this.#prepare = prepare
  }

  run<T>(step: () => T): T {
    if (!this.isOpen) {
      throw new Error('This transaction has ended: await everything before create() returns, and do not keep tx.')
    }
    if (this.lost !== undefined) throw this.lost
    try {
      return step()
    } catch (cause) {
      // Without this, an author who swallows the error would go on in autocommit, and every further statement would
      // be kept at once, without a record.
      if (hasEnded(this.#prepare)) {
        this.lost = new TransactionLostError(
          'A statement inside create() rolled the transaction back (OR ROLLBACK, RAISE(ROLLBACK) in a trigger, a full disk).',
          { cause },
        )
      }
      throw cause
    }
  }
}

class GuardedStatement implements SqliteStatement {
  readonly #guard: Guard
  readonly #statement: SqliteStatement

  constructor(guard: Guard, statement: SqliteStatement) {
    this.#guard = guard
    this.#statement = statement
  }

  run(...values: SqliteValue[]): ReturnType<SqliteStatement['run']> {
    return this.#guard.run(() => this.#statement.run(...values))
  }

  get(...values: SqliteValue[]): SqliteRow | undefined {
    return this.#guard.run(() => this.#statement.get(...values))
  }

  all(...values: SqliteValue[]): SqliteRow[] {
    return this.#guard.run(() => this.#statement.all(...values))
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
