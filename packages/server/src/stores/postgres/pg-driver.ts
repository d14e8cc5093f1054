import { BEGIN_PLAIN, COMMIT } from './commands.ts'
import type { Connection, Driver, Ran } from './driver.ts'
import type { Guard } from './guard.ts'
import { PgPipeline, type PgWire } from './pg-pipeline.ts'
import { type Prepared, sendAsText } from './send-as-text.ts'
import type { Step } from './statement.ts'

/** The part of a client of `pg` that is used. */
export interface PgClient {
  query(text: string): Promise<unknown>
  release(error?: Error | boolean): void
  on(event: 'error' | 'end', listener: () => void): unknown
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

/** What `pg` accepts and has beyond the slice that types ask for. */
interface AnyClient {
  query(config: unknown): Promise<unknown>
  readonly pipeline?: boolean
  readonly connection?: Partial<PgWire>
}

/** What is known of a physical connection, by every store over the pool. */
interface Physical {
  isLost: boolean
  readonly prepared: Prepared
  /** Whether it takes queries that write themselves. The binding to libpq does not, nor does a client that pipelines. */
  readonly isOpenToPipelines: boolean
}

const physicals = new WeakMap<object, Physical>()
const heard = new WeakSet<object>()

/** Connections of a pool of `pg`. */
export function pgDriver<Client>(pool: PgPool): Driver<Client> {
  return {
    name: 'pg',
    pool,
    size: pool.options?.max,
    connect(begin) {
      hearErrors(pool)
      return pool.connect().then((client) => new PgConnection<Client>(client, begin))
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

function physicalOf(client: PgClient): Physical {
  let physical = physicals.get(client)
  if (physical === undefined) {
    const { pipeline, connection } = client as unknown as AnyClient
    const made: Physical = {
      isLost: false,
      prepared: { names: new Set(), isInDoubt: false },
      isOpenToPipelines: pipeline !== true && connection?.stream?.write !== undefined,
    }
    // A client that breaks while it is on loan ends the process too, unless somebody listens.
    const lose = (): void => {
      made.isLost = true
    }
    client.on('error', lose)
    client.on('end', lose)
    physicals.set(client, made)
    physical = made
  }
  return physical
}

class PgConnection<Client> implements Connection<Client> {
  readonly #client: PgClient
  readonly #physical: Physical
  readonly #begin: Step | undefined

  constructor(client: PgClient, begin: Step | undefined) {
    this.#client = client
    this.#physical = physicalOf(client)
    this.#begin = begin
  }

  async run(text: string): Promise<Ran> {
    const answered = (await this.#client.query(text)) as Result | Result[]
    const results = Array.isArray(answered) ? answered : [answered]
    const last = results.at(-1)
    return { rows: results.flatMap(({ rows }) => rows), command: last?.command ?? '' }
  }

  send(steps: readonly Step[]): Promise<Ran> {
    const { isOpenToPipelines, prepared } = this.#physical
    if (!isOpenToPipelines) return sendAsText(steps, prepared, (text) => this.run(text))
    return new Promise((resolve, reject) => {
      const done = (error: unknown, ran?: Ran): void => (ran === undefined ? reject(error) : resolve(ran))
      void (this.#client as unknown as AnyClient).query(new PgPipeline(steps, prepared.names, done))
    })
  }

  open(steps: readonly Step[]): Promise<Ran> {
    return this.send(this.#begin === undefined ? steps : [this.#begin, ...steps])
  }

  async atomically(steps: readonly Step[]): Promise<Ran> {
    // One packet of the extended protocol is a transaction without BEGIN and COMMIT.
    if (this.#physical.isOpenToPipelines) return this.send(steps)
    try {
      return await this.send([BEGIN_PLAIN, ...steps, COMMIT])
    } catch (error) {
      if (!this.#physical.isLost) await this.run('rollback')
      throw error
    }
  }

  guarded(guard: Guard): Client {
    return guardedClient(this.#client, guard) as Client
  }

  state(): 'open' | 'lost' {
    return this.#physical.isLost ? 'lost' : 'open'
  }

  release(): void {
    this.#client.release(this.#physical.isLost || this.#physical.prepared.isInDoubt)
  }

  destroy(): void {
    this.#client.release(true)
  }
}

/** The client with another `query`: everything else of it, such as type parsers, is its own. */
function guardedClient(client: PgClient, guard: Guard): object {
  const any = client as unknown as AnyClient
  let running = 0
  let last: Promise<unknown> = Promise.resolve()

  function send(config: object, text: string): Promise<unknown> {
    try {
      guard.permit(text)
    } catch (error) {
      return Promise.reject(error)
    }
    const ended = guard.track()
    const now = async (): Promise<unknown> => any.query(config)
    // One after the other: `pg` takes a second query while one runs only in its pipeline mode, else it queues it and warns.
    // A statement that waited may find that the transaction has ended meanwhile.
    const sent =
      running === 0 || any.pipeline === true
        ? now()
        : last.then(() => {
            guard.permit(text)
            return now()
          })
    running += 1
    // Handled here too: a query that the author does not await must not end the process. COMMIT shows its failure.
    last = sent.then(
      () => {
        running -= 1
        ended()
      },
      (error) => {
        running -= 1
        ended(error ?? new Error('The query failed.'))
      },
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

  // Assigned, not defined: one is made for each transaction, and descriptors are slow.
  return Object.assign(Object.create(client) as object, {
    query,
    // Query builders give a client back after each query; the library does so after the transaction.
    release: keep,
    end: refuse,
    connect: refuse,
  })
}

function keep(): void {}

function refuse(): never {
  throw new Error('create() may neither open nor close the connection: it belongs to the library.')
}
