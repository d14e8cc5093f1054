/** What stores tell: each names the store by its `name`. */
export type StoreEvent =
  /** A creation asked the store, and has its answer: what its transaction and the author's `create` took, and all waiting. */
  | {
      readonly kind: 'call'
      readonly store: string
      readonly operation: string
      readonly call: 'once' | 'insert'
      /** The kind of what the store answered; `failed` where it threw. */
      readonly result: StoreResult
      readonly durationMs: number
    }
  /** A transaction was committed that several creations may have shared. */
  | { readonly kind: 'commit'; readonly store: string; readonly size: number }
  /** Something is tried again, after a pause or alone. */
  | { readonly kind: 'retry'; readonly store: string; readonly reason: RetryReason }
  /** A purge has ended. */
  | { readonly kind: 'purge'; readonly store: string; readonly records: number; readonly durationMs: number }

/** What the store answered. */
export type StoreResult =
  | 'executed'
  | 'recorded'
  | 'in-flight'
  | 'blocked'
  | 'overloaded'
  | 'taken'
  | 'orphan'
  | 'failed'

/** Why a store tries again. */
export type RetryReason =
  /** Another process, or another transaction, holds the file, the lock or all connections. */
  | 'busy'
  /** The database undid the transaction: a deadlock, a serialization failure, a connection that broke. */
  | 'broken-off'
  /** The answer of a COMMIT or of a script was lost, and what became of it is found out. */
  | 'answer-lost'
  /** A transaction that several shared was undone, and each runs in one of its own. */
  | 'shared-undone'

/** Takes what a store tells. */
export type TellStore = (event: StoreEvent) => void
