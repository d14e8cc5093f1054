import type { MaybePromise } from '../../idempotency/and-then.ts'
import type { Session } from '../../idempotency/store.ts'
import type { SqliteStatement } from './driver.ts'
import type { SqliteTransaction } from './transaction.ts'

/** What the body of a transaction decided. */
export type Decision<T> = { readonly keep: boolean; readonly value: T }

/** What the body of a transaction works with. */
export interface Transacting {
  readonly session: Session<SqliteTransaction>
  /** The library's own statements in this transaction. */
  readonly prepare: (sql: string) => SqliteStatement
}

/** What one caller wants done in a transaction. */
export interface Task<T> {
  readonly body: (transacting: Transacting) => MaybePromise<Decision<T>>
  /** Set where a body that keeps nothing has left nothing behind; it needs no savepoint then. */
  readonly undoesItself?: boolean
  /** What is known already, asked for when the writer is not free at once. */
  readonly peek?: () => T | undefined
}
