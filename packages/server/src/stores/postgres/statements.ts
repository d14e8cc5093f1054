import { createHash } from 'node:crypto'
import type { Claim, RecordedAnswer } from '../../idempotency/store.ts'
import type { ClaimId } from './claim-id.ts'
import { identifier, textLiteral, timeLiteral } from './literals.ts'

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

/** The library's own statements over one schema, as text for the simple protocol. */
export interface Statements {
  /** How the transaction begins. */
  readonly begin: string
  /** Bounds the transaction, claims and looks. */
  open(claim: { id: ClaimId; now: number } | undefined, prepared: Set<string>): string
  /** Writes the record, in place of one past its retention where `isStale`; without a claim, only checks. */
  keep(kept: Kept | undefined, began: string, prepared: Set<string>): string
  /** Deletes at most `limit` records past their retention; the row `purged` says how many there were. */
  purge(now: number, limit: number): string
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
  // LOCAL: everything ends with the transaction, and nothing leaks to the next user of the connection.
  const bound = `set local statement_timeout = ${statementMs}; set local lock_timeout = ${lockMs};
    set local idle_in_transaction_session_timeout = ${idleMs}`
  // The start of the transaction, as a number: it tells later whether this is still the same transaction.
  const began = 'extract(epoch from transaction_timestamp())'

  const start = define('start', [], () => `select ${began}::text as began`)

  // The lock decides between processes: the first one has it until its transaction ends, and nobody waits. A record
  // that is there already is only read, so replays take no lock, however many come at once.
  const claim = define(
    'claim',
    ['uuid', 'timestamptz', 'int'],
    (id, now, lock) => `select ${began}::text as began,
      case when exists (select from ${table} where id = ${id} and expires_at > ${now}) then null
      else pg_try_advisory_xact_lock(${CLAIM_LOCKS}, ${lock}) end::text as locked`,
  )

  // A statement of its own, after the lock: the lock's own statement still has the snapshot of its beginning, which
  // misses what the last holder of the lock committed just before it let go.
  const find = define(
    'find',
    ['uuid', 'timestamptz'],
    (id, now) => `select fingerprint, status::text as status, headers, (expires_at > ${now})::text as live,
      (extract(epoch from expires_at) * 1000)::bigint::text as expires,
      case when expires_at > ${now} then body end as body from ${table} where id = ${id}`,
  )

  const forget = define(
    'forget',
    ['uuid', 'timestamptz'],
    (id, now) => `delete from ${table} where id = ${id} and expires_at <= ${now}`,
  )

  // A plain INSERT, without ON CONFLICT: the primary key is the last judge, and must be heard. The status is text that
  // is no number where the transaction of the claim has ended: the cast fails, and the COMMIT behind it is not reached.
  const keep = define(
    'keep',
    ['numeric', 'uuid', 'text', 'text', 'text', 'text', 'text', 'text', 'timestamptz', 'timestamptz'],
    (from, id, scope, key, fingerprint, status, headers, body, now, expiry) => `insert into ${table}
      (id, scope, key, fingerprint, status, headers, body, created_at, expires_at) values
      (${id}, ${scope}, ${key}, ${fingerprint}, (case when ${began} = ${from} then ${status} else '${ENDED}' end)::smallint,
      ${headers}, ${body}, ${now}, ${expiry})`,
  )

  const check = define(
    'check',
    ['numeric'],
    (from) => `select (case when ${began} = ${from} then '1' else '${ENDED}' end)::int as checked`,
  )

  /** A statement that can be executed by name, or written out where connections may not keep names. */
  function define(name: string, types: readonly string[], write: (...values: string[]) => string) {
    const text = write(...types.map((_, index) => `$${index + 1}`))
    // Two stores, or two versions of the library, over one pool must not take each other's statements.
    const own = `createonce_${name}_${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
    return (prepared: Set<string>, ...values: string[]): string => {
      if (!options.isPrepared) return write(...values.map((value, index) => `${value}::${types[index]}`))
      const prepare = prepared.has(own) ? '' : `prepare ${own}${types.length > 0 ? `(${types})` : ''} as ${text};`
      prepared.add(own)
      return `${prepare}execute ${own}${values.length > 0 ? `(${values})` : ''}`
    }
  }

  return {
    begin: `begin isolation level ${options.isolation} read write`,
    open(asked, prepared) {
      if (asked === undefined) return `${bound};${start(prepared)}`
      const [id, now] = [`'${asked.id.uuid}'`, timeLiteral(asked.now)]
      return `${bound};${claim(prepared, id, now, String(asked.id.lock))};${find(prepared, id, now)}`
    },
    keep(kept, from, prepared) {
      if (kept === undefined) return check(prepared, from)
      const { id, claim: claimed, answer } = kept
      const [uuid, now] = [`'${id.uuid}'`, timeLiteral(kept.now)]
      const insert = keep(
        prepared,
        from,
        uuid,
        textLiteral(claimed.scope),
        textLiteral(claimed.key),
        textLiteral(claimed.fingerprint),
        `'${answer.status}'`,
        textLiteral(JSON.stringify(answer.headers)),
        answer.body === undefined ? 'null' : textLiteral(answer.body),
        now,
        timeLiteral(kept.now + claimed.retentionMs),
      )
      return kept.isStale ? `${forget(prepared, uuid, now)};${insert}` : insert
    },
    // The rows are chosen once, as an array: as a condition, the planner may ask for them again and again, each time
    // for `limit` others. What somebody else is purging now is left to them.
    purge: (now, limit) => `with purged as (delete from ${table} where id = any (array (select id from ${table}
        where expires_at <= ${timeLiteral(now)} order by expires_at limit ${Math.trunc(limit)} for update skip locked))
        returning 1)
      select count(*)::text as purged from purged; commit`,
  }
}
