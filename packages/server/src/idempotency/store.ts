import type { Erasure } from './erasure.ts'
import type { Signal } from './signal.ts'

/** What is remembered of an answer: enough to give it again. Headers are an allowlist; see `recordable`. */
export interface RecordedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Absent for an answer without a body. */
  readonly body?: string
}

/**
 * What the death of the process that executes a key means, where the store has no transaction to undo its effects:
 * `block` runs it never again, `rerun` runs it again.
 */
export type CrashPolicy = 'block' | 'rerun'

/** What a request claims before it may execute. */
export interface Claim {
  /** Principal and operation in one unambiguous text; a key means something only inside its scope. */
  readonly scope: string
  readonly key: string
  /** Digest of what the client asked for; the store keeps it and never interprets it. */
  readonly fingerprint: string
  /** How long the record is kept, in milliseconds. */
  readonly retentionMs: number
  /** Given to leased stores, and only to them. */
  readonly onCrash?: CrashPolicy
  /**
   * Whether a recorded fingerprint is of this request, by whichever version: asked before a crashed execution is taken
   * over. Without it only an equal fingerprint is.
   */
  readonly isSame?: (recorded: string) => boolean
}

/** What became of a step that may break a unique rule. */
export type Attempted<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'conflict'; readonly fields: readonly string[]; readonly error: unknown }

/** What the store hands to the work that it runs. */
export interface Session<Tx> {
  /** The author's handle on the transaction in which the record is written too. */
  readonly tx: Tx
  /**
   * Runs `step` so that a broken unique rule undoes only the step: answers `conflict` with the names of the columns
   * as far as the database tells them, and its error. Other errors are thrown on.
   */
  attempt<T>(step: () => T | Promise<T>): Promise<Attempted<T>>
  /**
   * Inserts one declared row as a part of this transaction; `taken` undoes only the row. After `orphan` nothing but a
   * roll-back may follow. Absent where the store has no tables.
   */
  insert?(row: DeclaredRow): RowInserted | Promise<RowInserted>
  /** Aborted when a leased store cannot keep the key for this work any longer: another one may run soon. */
  readonly signal?: Signal | undefined
}

/** What the work decided: keep everything together with the record, or nothing at all. */
export type Settlement<Result> =
  | { readonly kind: 'commit'; readonly result: Result; readonly answer: RecordedAnswer }
  | { readonly kind: 'roll-back'; readonly result: Result }

/** What became of a claim. Everything a correct caller must handle is a value. */
export type Claimed<Result> =
  /** The work ran in this call; after `commit` its rows and the record are durable, after `roll-back` nothing is. */
  | { readonly kind: 'executed'; readonly result: Result }
  /** A finished record was found, which is kept until `expiresAt` (milliseconds since the epoch); the work did not run. */
  | {
      readonly kind: 'recorded'
      readonly fingerprint: string
      readonly answer: RecordedAnswer
      readonly expiresAt: number
    }
  /** Someone else executes this key now; what another process is asked for cannot be seen before it has ended. */
  | { readonly kind: 'in-flight'; readonly fingerprint?: string; readonly retryAfterMs: number }
  /**
   * What an earlier execution did, or this one, is unknown, and the creation asks not to run it again. `cause` is what
   * this one threw, if it ran.
   */
  | { readonly kind: 'blocked'; readonly fingerprint: string; readonly cause?: unknown }
  /** The queue is full or the database was busy for too long; the work did not run. */
  | { readonly kind: 'overloaded'; readonly retryAfterMs: number }

/** One row as a creation declares it, all of its values known. */
export interface DeclaredRow {
  readonly table: string
  readonly values: Readonly<Record<string, unknown>>
}

/** What became of a declared row inside a transaction; `row` is as the database completed it. */
export type RowInserted =
  | { readonly kind: 'inserted'; readonly row: Readonly<Record<string, unknown>> }
  /** A unique rule is broken. `fields` are its columns, as far as the database tells them. */
  | { readonly kind: 'taken'; readonly fields: readonly string[] }
  /** A row that it refers to does not exist. */
  | { readonly kind: 'orphan'; readonly fields: readonly string[] }

/** What became of a declared row. */
export type Inserted<Result> =
  | Claimed<Result>
  /** A unique rule is broken; nothing was kept. `fields` are its columns, as far as the database tells them. */
  | { readonly kind: 'taken'; readonly fields: readonly string[] }
  /** A row that it refers to does not exist; nothing was kept. */
  | { readonly kind: 'orphan'; readonly fields: readonly string[] }

/**
 * A memory of claims that executes each at most once and commits rows and record together.
 *
 * The contract is the published suite `describeStore` of `@createonce/server/testing`; this comment is not.
 * What `work` throws is rolled back and thrown on. A broken database throws {@link StoreUnavailableError}.
 */
export interface Store<Tx> {
  readonly name: string
  /** Rows and record are committed together; the other kind is {@link LeasedStore}. */
  readonly guarantee?: 'transactional'
  /** Runs `work` under `claim`; without a claim it is only a transaction. */
  once<Result>(
    claim: Claim | undefined,
    work: (session: Session<Tx>) => Settlement<Result> | Promise<Settlement<Result>>,
  ): Promise<Claimed<Result>>
  /**
   * Inserts one row under `claim`, together with the answer that `build` makes of it. `build` gets the declared values,
   * or the row as the database completed it; what it decides to roll back is not kept. Many of them may commit together.
   * Absent where the store has no tables.
   */
  insert?<Result>(
    claim: Claim | undefined,
    row: DeclaredRow,
    build: (values: Readonly<Record<string, unknown>>) => Settlement<Result>,
  ): Promise<Inserted<Result>>
  /** Deletes at most `limit` records past their retention; returns how many there were. */
  purge(limit?: number): Promise<number>
  /**
   * Forgets a principal: deletes all of its finished records, over all operations, past their retention or not, and
   * returns how many there were. Its keys are free then, so a retry that comes later creates again. What is unfinished
   * when it is called stays, or is found finished and deleted. Throws {@link StoreUnavailableError} where it could not
   * come to the end; what it has deleted by then stays deleted, and it may be called again.
   */
  erase(erasure: Erasure): Promise<number>
  /**
   * How many erasures have ended on this store. Whoever remembers its records forgets them when the number changes;
   * over a store that does not count them, within a minute.
   */
  readonly erasures?: number
  /** Finishes what is running or waiting, then lets the storage go; what comes later throws {@link StoreUnavailableError}. */
  close(): Promise<void>
}

/**
 * A store that keeps records only: what the work does elsewhere is not undone with them. A key is reserved for a while,
 * the reservation is renewed as long as the work runs, and what follows a crash is the creation's choice.
 *
 * The contract is the published suite `describeLeasedStore` of `@createonce/server/testing`.
 */
export interface LeasedStore<Tx> extends Omit<Store<Tx>, 'guarantee' | 'insert'> {
  readonly guarantee: 'leased'
  readonly insert?: never
  /** The operator's way out: lets an unfinished key go whose owner is gone. */
  release(key: KeyName): Promise<Released>
}

/** A key as an operator names it. */
export interface KeyName {
  readonly principal: string
  readonly operation: string
  readonly key: string
}

/** What became of a release. */
export type Released =
  /** It was unfinished, and is free now. */
  | { readonly kind: 'released' }
  /** Its owner is alive and at work; nothing was done. */
  | { readonly kind: 'running'; readonly leaseMs: number }
  /** It has a recorded answer; nothing was done. */
  | { readonly kind: 'finished' }
  /** Nothing is known of it. */
  | { readonly kind: 'absent' }
