import { BEGIN_PLAIN, COMMIT } from './commands.ts'
import type { Connection, Driver, Ran } from './driver.ts'
import type { Guard } from './guard.ts'
import { guardedClient } from './guarded-client.ts'
import type { AnyPgClient, PgClient, PgPool } from './pg-client.ts'
import { PgPipeline } from './pg-pipeline.ts'
import { type Prepared, sendAsText } from './send-as-text.ts'
import type { Step } from './statement.ts'

interface Result {
  readonly rows: Ran['rows']
  readonly command: string | null
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
    const { pipeline, connection } = client as unknown as AnyPgClient
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
      void (this.#client as unknown as AnyPgClient).query(new PgPipeline(steps, prepared.names, done))
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
