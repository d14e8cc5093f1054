import type { Time } from '../../idempotency/time.ts'
import type { Observer } from '../../observe/observer.ts'

/** What the store asks of its database, and how long it waits for it. */
export interface PostgresSettings {
  /**
   * The schema of the library's own tables.
   * @default 'createonce'
   */
  readonly schema?: string
  /**
   * Whether the store may create and migrate its schema. With `false` another role does it, and the store checks.
   * @default true
   */
  readonly migrate?: boolean
  /**
   * Whether each physical connection prepares the library's statements once. `false` behind a pooler that hands out
   * another connection for each transaction, such as PgBouncer in transaction mode.
   * @default true
   */
  readonly prepare?: boolean
  /**
   * The isolation of the transaction that `create` runs in. Serialization failures are retried inside.
   * @default 'read committed'
   */
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable'
  /**
   * How many requests may wait for a connection before further ones are answered 503 `overloaded`.
   * @default 1_000
   */
  readonly maxWaiting?: number
  /**
   * How long a request waits for a connection, in milliseconds.
   * @default 5_000
   */
  readonly acquireMs?: number
  /**
   * How long one `create` may hold its connection, in milliseconds.
   * @default 10_000
   */
  readonly holdMs?: number
  /**
   * `statement_timeout` inside the transaction, in milliseconds: a statement that nobody waits for any more ends.
   * @default `holdMs`
   */
  readonly statementMs?: number
  /**
   * `lock_timeout` inside the transaction, in milliseconds: how long a natural key waits for a transaction that has
   * taken it and not ended. After it the request is answered 503 `overloaded`.
   * @default 5_000
   */
  readonly lockMs?: number
  /**
   * `idle_in_transaction_session_timeout` inside the transaction, in milliseconds: when the process is gone and the
   * network does not tell, the database lets go of its locks. Longer than `holdMs`, which ends what is merely slow.
   * @default `holdMs` + 5_000
   */
  readonly idleMs?: number
  /** Watches: group commits, retries, purges. Without it nothing is measured. */
  readonly observe?: Observer
  readonly time?: Time
  /** Spreads the waiting of several processes. */
  readonly random?: () => number
}

type Complete = {
  readonly [Name in Exclude<keyof PostgresSettings, 'observe'>]-?: NonNullable<PostgresSettings[Name]>
} & Pick<PostgresSettings, 'observe'>

const ISOLATIONS = ['read committed', 'repeatable read', 'serializable']

/** Checks the settings and completes them; throws a TypeError that says what to write instead. */
export function completeSettings(settings: PostgresSettings, time: Time): Complete {
  const { holdMs = 10_000 } = settings
  const complete: Complete = {
    schema: 'createonce',
    migrate: true,
    prepare: true,
    isolation: 'read committed',
    maxWaiting: 1_000,
    acquireMs: 5_000,
    holdMs,
    statementMs: holdMs,
    lockMs: 5_000,
    idleMs: holdMs + 5_000,
    time,
    random: Math.random,
    ...definedOf(settings),
  }
  // A name is cut at 63 bytes by PostgreSQL, and then no error tells its table.
  if (!/^[^\0]+$/.test(complete.schema) || Buffer.byteLength(complete.schema) > 63) {
    throw new TypeError(`postgresStore: schema is a name of 1 to 63 bytes; seen: ${JSON.stringify(complete.schema)}.`)
  }
  if (!ISOLATIONS.includes(complete.isolation)) {
    throw new TypeError(`postgresStore: isolation is one of ${ISOLATIONS.join(', ')}; seen: ${complete.isolation}.`)
  }
  for (const name of ['maxWaiting', 'acquireMs', 'holdMs', 'statementMs', 'lockMs', 'idleMs'] as const) {
    const value = complete[name]
    if (Number.isInteger(value) && value > 0 && value < 2 ** 31) continue
    throw new TypeError(`postgresStore: ${name} is a whole number above 0; seen: ${value}.`)
  }
  if (complete.idleMs <= holdMs) {
    throw new TypeError(
      `postgresStore: idleMs (${complete.idleMs}) must be longer than holdMs (${holdMs}): the process gives up first, the database only where the process is gone.`,
    )
  }
  return complete
}

function definedOf(settings: PostgresSettings): Partial<Complete> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}
