import type { Connection, Driver, Ran } from './driver.ts'
import type { Guard } from './guard.ts'

/** The part of a client of `pg` that is used. */
export interface PgClient {
  query(text: string): Promise<unknown>
  release(error?: Error | boolean): void
  on(event: 'error' | 'end', listener: () => void): unknown
  removeListener(event: 'error' | 'end', listener: () => void): unknown
}

/** The part of a pool of `pg` that is used. */
export interface PgPool {
  connect(): Promise<PgClient>
  readonly options?: { readonly max?: number }
}

interface Result {
  readonly rows: Ran['rows']
  readonly command: string | null
}

type Callback = (error: unknown, result?: unknown) => void
type QueryConfig = { readonly text?: string; readonly values?: unknown; readonly submit?: unknown }

/** What `pg` accepts beyond the slice that types ask for. */
interface AnyClient {
  query(config: unknown): Promise<unknown>
  readonly pipeline?: boolean
}

// What a physical connection has prepared is known to every store over the pool, so it is kept by the connection.
const preparedOn = new WeakMap<object, Set<string>>()
const heard = new WeakSet<object>()

/** Connections of a pool of `pg`. */
export function pgDriver<Client>(pool: PgPool): Driver<Client> {
  return {
    name: 'pg',
    pool,
    size: pool.options?.max,
    async connect(begin) {
      hearErrors(pool)
      return toConnection(await pool.connect(), begin)
    },
  }
}

/** `pg` tells of idle connections that break by an event that ends the process unless somebody listens. */
function hearErrors(pool: object): void {
  if (heard.has(pool)) return
  heard.add(pool)
  const { on } = pool as { on?: (event: 'error', listener: () => void) => void }
  on?.call(pool, 'error', () => {})
}

function toConnection<Client>(client: PgClient, begin: string): Connection<Client> {
  let isLost = false
  const lose = (): void => {
    isLost = true
  }
  // A client that breaks while it is on loan ends the process too, unless somebody listens.
  client.on('error', lose)
  client.on('end', lose)
  let prepared = preparedOn.get(client)
  if (prepared === undefined) {
    prepared = new Set()
    preparedOn.set(client, prepared)
  }

  async function run(text: string): Promise<Ran> {
    const answered = (await client.query(text)) as Result | Result[]
    const results = Array.isArray(answered) ? answered : [answered]
    const last = results.at(-1)
    return { rows: results.flatMap(({ rows }) => rows), command: last?.command ?? '' }
  }

  function giveBack(error: boolean): void {
    client.removeListener('error', lose)
    client.removeListener('end', lose)
    client.release(error)
  }

  return {
    run,
    open: (rest) => run(`${begin};${rest(prepared)}`),
    guarded: (guard) => guardedClient(client, guard) as Client,
    state: () => (isLost ? 'lost' : 'open'),
    release: () => giveBack(isLost),
    destroy: () => giveBack(true),
  }
}

/** The client with another `query`: everything else of it, such as type parsers, is its own. */
function guardedClient(client: PgClient, guard: Guard): object {
  const any = client as unknown as AnyClient
  let last: Promise<unknown> = Promise.resolve()

  function send(config: object, text: string): Promise<unknown> {
    try {
      guard.permit(text)
    } catch (error) {
      return Promise.reject(error)
    }
    const ended = guard.track()
    const now = (): Promise<unknown> => any.query(config)
    // One after the other: `pg` takes a second query while one runs only in its pipeline mode, else it queues it and warns.
    // A statement that waited may find that the transaction has ended meanwhile.
    const sent =
      any.pipeline === true
        ? now()
        : last.then(() => {
            guard.permit(text)
            return now()
          })
    // Handled here too: a query that the author does not await must not end the process. COMMIT shows its failure.
    last = sent.then(
      () => ended(),
      (error) => ended(error ?? new Error('The query failed.')),
    )
    return sent
  }

  function query(given: string | QueryConfig, values?: unknown, callback?: Callback): unknown {
    const done = typeof values === 'function' ? (values as Callback) : callback
    const config = typeof given === 'string' ? { text: given } : given
    if (typeof config.submit === 'function') {
      // A cursor or a stream: it brings its own way of answering.
      guard.permit(config.text ?? '')
      return any.query(config)
    }
    // The extended protocol takes one statement at a time, so no COMMIT can hide behind a semicolon.
    const sent = send({ ...config, ...(Array.isArray(values) && { values }), queryMode: 'extended' }, config.text ?? '')
    if (done === undefined) return sent
    sent.then(
      (result) => done(null, result),
      (error) => done(error),
    )
    return undefined
  }

  return Object.create(client, {
    query: { value: query },
    // Query builders give a client back after each query; the library does so after the transaction.
    release: { value: () => {} },
    end: { value: refuse },
    connect: { value: refuse },
  }) as object
}

function refuse(): never {
  throw new Error('create() may neither open nor close the connection: it belongs to the library.')
}
