import { COMMIT } from './commands.ts'
import type { Connection, Driver, Ran } from './driver.ts'
import type { Guard } from './guard.ts'
import { guardedSql } from './guarded-sql.ts'
import type { AnySql, PostgresJs, PostgresJsQuery } from './postgres-js.ts'
import { type Prepared, sendAsText } from './send-as-text.ts'
import type { Step } from './statement.ts'

/** A physical connection, as the option `onexecute` shows it. The `begin` of postgres.js does the same with it. */
interface Physical {
  /** Sends a query; false where the next one has to wait until `reserved` is called. */
  execute(query: PostgresJsQuery): boolean
  /**
   * While it is set, the connection is nobody else's. Without `release`, postgres.js itself lends it on at the next
   * answer that comes outside of a transaction.
   */
  reserved: { (): void; release?: boolean } | null
  onclose: ((error: unknown) => void) | null
  queue: { remove(connection: Physical): unknown; push(connection: Physical): unknown }
  terminate(): void
}

type Result = Ran['rows'] & { readonly command?: string | null }

// These objects stay when postgres.js connects anew, but what was prepared is gone: the server's process tells.
const preparedOn = new WeakMap<Physical, Prepared & { readonly pid: number | undefined }>()

/**
 * Connections of postgres.js.
 *
 * They are not taken by `sql.reserve()`: where connecting fails, version 3.4.9 keeps the request in its queue though it
 * has told that it failed, and later hands a connection to it, which nobody gives back: after an outage the pool is
 * empty. It also ends the process when a reserved connection breaks and is used once more.
 */
export function postgresJsDriver<Client>(sql: PostgresJs): Driver<Client> {
  return {
    name: 'postgres.js',
    pool: sql,
    size: sql.options?.max,
    connect: (begin) => connect(sql as unknown as AnySql, begin),
  }
}

/** Sends the first statement through the pool, and keeps the connection on which it went out, without waiting for its answer. */
function connect<Client>(sql: AnySql, begin: Step | undefined): Promise<Connection<Client>> {
  return new Promise((resolve, reject) => {
    const begun = sql.unsafe(begin?.statement.text ?? '', [], {
      onexecute(physical: Physical) {
        resolve(reserve(sql, physical, begun, begin !== undefined))
        // No other query may follow on it.
        return false
      },
    })
    begun.execute()
    begun.then(
      () => reject(new Error('This version of postgres.js does not show its connections; use 3.4.5 or later.')),
      reject,
    )
  })
}

function reserve<Client>(
  sql: AnySql,
  physical: Physical,
  begun: PostgresJsQuery,
  isTransaction: boolean,
): Connection<Client> {
  let isLost = false
  let isFull = false
  let isOpened = false
  // postgres.js forgets queries that wait behind others when the connection breaks; nobody may wait for them for ever.
  const running = new Set<PostgresJsQuery>()
  const waiting: PostgresJsQuery[] = []

  const goOn = (): void => {
    const next = waiting.shift()
    if (next === undefined) isFull = false
    else physical.execute(next)
  }
  const own = Object.assign(goOn, { release: true })
  physical.reserved = own
  // Out of the queue that it stood in, be it of those that are open or of those that are connecting.
  physical.queue.remove(physical)
  physical.queue = { push() {}, remove() {} }
  physical.onclose = (error) => {
    isLost = true
    for (const query of running) query.reject(error)
  }
  track(begun, () => {})

  const isOwn = (): boolean => !isLost && physical.reserved === own

  /** Sends a query on this connection. One that is broken or somebody else's must not be written to. */
  function send(query: PostgresJsQuery): void {
    if (!isOwn()) query.reject(new Error(isLost ? 'The connection is lost.' : 'This transaction has ended.'))
    else if (isFull) waiting.push(query)
    else isFull = !physical.execute(query)
  }

  function track(query: PostgresJsQuery, ended: (error?: unknown) => void): void {
    const { resolve, reject } = query
    running.add(query)
    query.resolve = (value) => {
      running.delete(query)
      ended()
      resolve(value)
    }
    query.reject = (error) => {
      running.delete(query)
      ended(error ?? new Error('The query failed.'))
      reject(error)
    }
  }

  async function run(text: string, isLast = false): Promise<Ran> {
    if (isLast) own.release = false
    const query = sql.unsafe(text)
    query.handler = send
    track(query, () => {})
    const answered = (await query) as Result | Result[]
    const results = isResults(answered) ? answered : [answered]
    return { rows: results.flatMap((rows) => [...rows]), command: results.at(-1)?.command ?? '' }
  }

  /** What is prepared on the connection that these objects stand for now. */
  function prepared(): Prepared {
    const pid = begun.state?.pid
    let known = preparedOn.get(physical)
    if (known === undefined || known.pid !== pid) {
      known = { pid, names: new Set(), isInDoubt: false }
      preparedOn.set(physical, known)
    }
    return known
  }

  async function sendSteps(steps: readonly Step[], isLast?: boolean): Promise<Ran> {
    try {
      return await sendAsText(steps, prepared(), (text) => run(text, isLast))
    } catch (error) {
      // Nobody may get it next: `release` closes it.
      if (prepared().isInDoubt) own.release = true
      throw error
    }
  }

  async function open(steps: readonly Step[], isLast?: boolean): Promise<Ran> {
    isOpened = true
    // Both leave in one packet: postgres.js writes once in a turn of the event loop.
    const [, ran] = await Promise.all([begun, sendSteps(steps, isLast)])
    return ran
  }

  function destroy(): void {
    preparedOn.delete(physical)
    if (!isOwn()) return
    // Still reserved, it would keep `sql.end()` waiting for ever.
    physical.reserved = null
    physical.terminate()
  }

  return {
    run,
    send: sendSteps,
    open,
    async atomically(steps) {
      try {
        return await open([...steps, COMMIT], true)
      } catch (error) {
        // One in doubt is closed by `release`, with its transaction.
        if (isOwn() && !prepared().isInDoubt) await run('rollback', true)
        throw error
      }
    },
    guarded: (guard: Guard) => guardedSql(sql, guard, { send, track }) as Client,
    state: () => (isLost ? 'lost' : isOwn() ? 'open' : 'ended'),
    release() {
      // After the last message it has gone back by itself; otherwise an answer outside of a transaction is needed.
      if (preparedOn.get(physical)?.isInDoubt === true) destroy()
      else if (isOwn()) run(isTransaction && !isOpened ? 'rollback' : '', true).catch(() => {})
    },
    destroy,
  }
}

/** Several results are a plain array of arrays; a single one is an array with a command. */
function isResults(answered: Result | Result[]): answered is Result[] {
  return !('command' in answered)
}
