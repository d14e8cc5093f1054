import type { Connection, Driver, Ran } from './driver.ts'
import type { Guard } from './guard.ts'

/** The part of postgres.js's `sql` that is used. */
export interface PostgresJs {
  reserve(): Promise<PostgresJsClient>
  readonly options?: { readonly max?: number }
}

/** The part of a reserved `sql` that is used. */
export interface PostgresJsClient {
  unsafe(text: string): PromiseLike<unknown>
  release(): void
}

/** A query of postgres.js: a promise that is sent by `handler` when somebody waits for it. */
interface Query extends Promise<unknown> {
  handler(query: Query): void
  resolve(value: unknown): void
  reject(error: unknown): void
  readonly strings: readonly string[]
  readonly args: readonly unknown[]
  readonly options: { simple?: boolean }
}

/** The physical connection, as `onexecute` shows it; `sql.begin` of postgres.js uses the same. */
interface Physical {
  onclose: ((error: unknown) => void) | null
  reserved: unknown
  terminate(): void
}

type Result = Ran['rows'] & { readonly command?: string | null }

interface AnyClient {
  (...args: unknown[]): unknown
  unsafe(text: string, values?: readonly unknown[], options?: object): Query
  file(...args: unknown[]): Query
  notify(...args: unknown[]): unknown
  release(): void
}

// The objects of postgres.js stay when they connect anew, but what was prepared is gone: `onclose` clears it.
const preparedOn = new WeakMap<Physical, Set<string>>()

/** Connections of postgres.js. */
export function postgresJsDriver<Client>(sql: PostgresJs): Driver<Client> {
  return {
    name: 'postgres.js',
    pool: sql,
    size: sql.options?.max,
    async connect() {
      return toConnection(sql, (await sql.reserve()) as unknown as AnyClient)
    },
  }
}

function toConnection<Client>(sql: PostgresJs, reserved: AnyClient): Connection<Client> {
  let physical: Physical | undefined
  let isLost = false
  // postgres.js forgets queries that wait behind others when the connection breaks; nobody may wait for them for ever.
  const running = new Set<Query>()

  function lose(connection: Physical, error: unknown): void {
    isLost = true
    preparedOn.delete(connection)
    for (const query of running) query.reject(error)
  }

  function track<T extends Query>(query: T, ended: (error?: unknown) => void): T {
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
    return query
  }

  /** Sends a text. A connection that is known to be broken must not be written to: postgres.js ends the process then. */
  function send(text: string, onexecute: (connection: Physical) => void = () => {}): Query {
    if (isLost) throw new Error('The connection is lost.')
    return track(
      reserved.unsafe(text, [], {
        onexecute(connection: Physical) {
          physical ??= connection
          connection.onclose = (error) => lose(connection, error)
          onexecute(connection)
          // True lets further queries follow without waiting for the answer.
          return true
        },
      }),
      () => {},
    )
  }

  async function run(text: string): Promise<Ran> {
    const answered = (await send(text)) as Result | Result[]
    const results = isResults(answered) ? answered : [answered]
    const last = results.at(-1)
    return { rows: results.flatMap((rows) => [...rows]), command: last?.command ?? '' }
  }

  return {
    run,
    async open(begin, rest) {
      // Which physical connection it is shows only when the first query is on its way. The second one follows in the
      // same turn of the event loop, and both leave in one packet.
      let show!: (connection: Physical) => void
      const shown = new Promise<Physical>((resolve) => {
        show = resolve
      })
      const begun = send(begin, show)
      begun.catch(() => {})
      const connection = await Promise.race([shown, begun.then(() => undefined)])
      if (connection === undefined) throw new Error('This version of postgres.js does not show its connections.')
      let prepared = preparedOn.get(connection)
      if (prepared === undefined) {
        prepared = new Set()
        preparedOn.set(connection, prepared)
      }
      const [, ran] = await Promise.all([begun, run(rest(prepared))])
      return ran
    },
    guarded: (guard) => guardedSql(sql, reserved, guard, track) as Client,
    isLost: () => isLost,
    release() {
      if (isLost) return
      if (physical !== undefined) physical.onclose = null
      reserved.release()
    },
    destroy() {
      if (isLost || physical === undefined) return
      // Closing would be waited for by `sql.end()` for ever, were it still reserved.
      physical.reserved = null
      physical.terminate()
    },
  }
}

/** Several results are a plain array of arrays; a single one is an array with a command. */
function isResults(answered: Result | Result[]): answered is Result[] {
  return !('command' in answered)
}

/** The reserved `sql` whose queries ask the guard at the moment at which they are sent. */
function guardedSql(
  sql: PostgresJs,
  reserved: AnyClient,
  guard: Guard,
  track: (query: Query, ended: (error?: unknown) => void) => Query,
): object {
  const guarded = (made: unknown): unknown => {
    if (!isQuery(made)) return made
    const send = made.handler
    made.handler = (query) => {
      try {
        guard.permit(textOf(query))
      } catch (error) {
        query.reject(error)
        return
      }
      // The extended protocol takes one statement at a time, so no COMMIT can hide behind a semicolon.
      if (query.options.simple === true) query.options.simple = false
      track(query, guard.track())
      // Handled here too: a query that nobody awaits must not end the process. COMMIT shows its failure.
      Promise.prototype.then.call(query, undefined, () => {})
      send(query)
    }
    return made
  }
  const tx = (...args: unknown[]): unknown => guarded(reserved(...args))
  return Object.assign(tx, reserved, {
    options: sql.options,
    unsafe: (...args: Parameters<AnyClient['unsafe']>) => guarded(reserved.unsafe(...args)),
    file: (...args: unknown[]) => guarded(reserved.file(...args)),
    notify: (channel: string, payload: string) => tx`select pg_notify(${channel}, ${payload})`,
    release() {},
  })
}

function isQuery(made: unknown): made is Query {
  return made instanceof Promise && typeof (made as Query).handler === 'function'
}

/** The beginning of a query's text, also where it is made of other queries. */
function textOf({ strings, args }: Query): string {
  const [text = ''] = strings
  const [first] = args
  return text.trim() === '' && isQuery(first) ? textOf(first) : text
}
