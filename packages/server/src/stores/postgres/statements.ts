import type { Claim, RecordedAnswer } from '../../idempotency/store.ts'
import { SAVEPOINT } from './attempt.ts'
import type { ClaimId } from './claim-id.ts'
import { identifier, timeText } from './literals.ts'
import { defineCommand, defineStatement, type Step, type Value } from './statement.ts'

/**
 * The first number of the advisory locks of claims ("crea"). Both numbers are the library's: whoever uses advisory
 * locks with two numbers in the same database must not use this one.
 */
const CLAIM_LOCKS = 0x63726561

// What the text cast below says when it is refused.
const ENDED = 'createonce_transaction_ended'

/** Whether an error is that of the check for an ended transaction. */
export function saysEnded(message: string): boolean {
  return message.includes(ENDED)
}

/** The library's own statements over one schema. */
export interface Statements {
  /** How the transaction begins. */
  readonly begin: Step
  readonly commit: Step
  /** Sets the savepoint of an attempt. */
  readonly mark: Step
  /** Bounds the transaction, claims and looks. */
  open(claim: { id: ClaimId; now: number } | undefined): readonly Step[]
  /** Writes the record, in place of one past its retention where `isStale`; without a claim, only checks. */
  keep(kept: Kept | undefined, began: string): readonly Step[]
  /** Deletes at most `limit` records past their retention; the row `purged` says how many there were. */
  purge(now: number, limit: number): Step
}

/** What a record is made of. */
export interface Kept {
  readonly id: ClaimId
  readonly claim: Claim
  readonly answer: RecordedAnswer
  readonly now: number
  readonly isStale: boolean
}

/** How the transaction is bounded. */
export interface Bounds {
  readonly statementMs: number
  readonly lockMs: number
  readonly idleMs: number
}

/** Writes the statements for a schema. With `isPrepared`, each physical connection plans them once. */
export function createStatements(
  schema: string,
  options: { readonly bounds: Bounds; readonly isolation: string; readonly isPrepared: boolean },
): Statements {
  const table = `${identifier(schema)}.record`
  const { statementMs, lockMs, idleMs } = options.bounds
  const { isPrepared } = options
  // The start of the transaction, as a number: it tells later whether this is still the same transaction.
  const began = 'extract(epoch from transaction_timestamp())'
  // Local: everything ends with the transaction, and nothing leaks to the next user of the connection. As part of the
  // first statement, since each statement costs more than what it does.
  const bound = `set_config('statement_timeout', '${statementMs}', true) as bound_statement,
    set_config('lock_timeout', '${lockMs}', true) as bound_lock,
    set_config('idle_in_transaction_session_timeout', '${idleMs}', true) as bound_idle`

  const start = define(
    'start',
    [],
    ['began', 'bound_statement', 'bound_lock', 'bound_idle'],
    () => `select ${began}::text as began, ${bound}`,
  )

  // The lock decides between processes: the first one has it until its transaction ends, and nobody waits. A record
  // that is there already is only read, so replays take no lock, however many come at once.
  const claim = define(
    'claim',
    ['uuid', 'timestamptz', 'int'],
    ['began', 'bound_statement', 'bound_lock', 'bound_idle', 'locked'],
    (id, now, lock) => `select ${began}::text as began, ${bound},
      case when exists (select from ${table} where id = ${id} and expires_at > ${now}) then null
      else pg_try_advisory_xact_lock(${CLAIM_LOCKS}, ${lock}) end::text as locked`,
  )

  // A statement of its own, after the lock: the lock's own statement still has the snapshot of its beginning, which
  // misses what the last holder of the lock committed just before it let go.
  const find = define(
    'find',
    ['uuid', 'timestamptz'],
    ['fingerprint', 'status', 'headers', 'live', 'expires', 'body'],
    (id, now) => `select fingerprint, status::text as status, headers, (expires_at > ${now})::text as live,
      (extract(epoch from expires_at) * 1000)::bigint::text as expires,
      case when expires_at > ${now} then body end as body from ${table} where id = ${id}`,
  )

  const forget = define(
    'forget',
    ['uuid', 'timestamptz'],
    [],
    (id, now) => `delete from ${table} where id = ${id} and expires_at <= ${now}`,
  )

  // A plain INSERT, without ON CONFLICT: the primary key is the last judge, and must be heard. The status is text that
  // is no number where the transaction of the claim has ended: the cast fails, and the COMMIT behind it is not reached.
  const keep = define(
    'keep',
    ['numeric', 'uuid', 'text', 'text', 'text', 'text', 'text', 'text', 'timestamptz', 'timestamptz'],
    [],
    (from, id, scope, key, fingerprint, status, headers, body, now, expiry) => `insert into ${table}
      (id, scope, key, fingerprint, status, headers, body, created_at, expires_at) values
      (${id}, ${scope}, ${key}, ${fingerprint}, (case when ${began} = ${from} then ${status} else '${ENDED}' end)::smallint,
      ${headers}, ${body}, ${now}, ${expiry})`,
  )

  const check = define(
    'check',
    ['numeric'],
    ['checked'],
    (from) => `select (case when ${began} = ${from} then '1' else '${ENDED}' end)::int as checked`,
  )

  // The rows are chosen once, as an array: as a condition, the planner may ask for them again and again, each time
  // for `limit` others. What somebody else is purging now is left to them.
  const purge = define(
    'purge',
    ['timestamptz', 'int'],
    ['purged'],
    (now, limit) => `with purged as (delete from ${table} where id = any (array (select id from ${table}
        where expires_at <= ${now} order by expires_at limit ${limit} for update skip locked))
        returning 1)
      select count(*)::text as purged from purged`,
  )

  function define(
    name: string,
    types: readonly string[],
    columns: readonly string[],
    write: (...parameters: string[]) => string,
  ): (...values: readonly Value[]) => Step {
    return defineStatement({ name, types, columns, isPrepared }, write)
  }

  return {
    begin: defineCommand(`begin isolation level ${options.isolation} read write`, isPrepared),
    commit: defineCommand('commit', isPrepared),
    mark: defineCommand(SAVEPOINT, isPrepared),
    open(asked) {
      if (asked === undefined) return [start()]
      const now = timeText(asked.now)
      return [claim(asked.id.uuid, now, String(asked.id.lock)), find(asked.id.uuid, now)]
    },
    keep(kept, from) {
      if (kept === undefined) return [check(from)]
      const { id, claim: claimed, answer } = kept
      const now = timeText(kept.now)
      const insert = keep(
        from,
        id.uuid,
        claimed.scope,
        claimed.key,
        claimed.fingerprint,
        String(answer.status),
        JSON.stringify(answer.headers),
        answer.body ?? null,
        now,
        timeText(kept.now + claimed.retentionMs),
      )
      return kept.isStale ? [forget(id.uuid, now), insert] : [insert]
    },
    purge: (now, limit) => purge(timeText(now), String(Math.trunc(limit))),
  }
}
