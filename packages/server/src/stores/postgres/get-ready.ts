import { StoreUnavailableError } from '../../idempotency/store-errors.ts'
import { BEGIN } from './commands.ts'
import type { Connection } from './driver.ts'
import type { Lender } from './lender.ts'
import { migrate } from './migrate.ts'
import { proveLock } from './prove-lock.ts'

// Two stores over one pool of two connections would each hold one and wait for the other's.
const starting = new WeakMap<object, Promise<unknown>>()

// Where the lock works, one try is enough; where it does not, each one gets further.
const MOST_TRIES = 5

/** Migrates or checks the schema, and proves what everything else relies on. */
export async function getReady<Client>(
  lender: Lender<Client>,
  options: {
    readonly pool: object
    readonly size: number | undefined
    readonly schema: string
    readonly migrate: boolean
    readonly random: () => number
  },
): Promise<void> {
  if (options.size !== undefined && options.size < 2) {
    throw new TypeError(
      `postgresStore needs a pool of at least 2 connections: it proves on two of them that advisory locks exclude. Seen: max ${options.size}.`,
    )
  }
  const before = starting.get(options.pool) ?? Promise.resolve()
  const ready = before.catch(() => {}).then(start)
  starting.set(options.pool, ready)
  return ready

  async function start(): Promise<void> {
    for (let tries = 1; ; tries++) {
      const migrated = await transacting(async (connection) => {
        await checkEncoding(connection)
        return migrate(connection, { schema: options.schema, isAllowed: options.migrate })
      })
      if (migrated === 'up to date') break
      if (tries === MOST_TRIES) throw new Error('The schema could not be migrated: other processes were always ahead.')
    }
    await transacting(async (one) => {
      await transacting((other) => proveLock(one, other, options.random))
    })
  }

  /** Lends a connection for one transaction, which `step` ends; a connection in doubt is closed. */
  async function transacting<T>(step: (connection: Connection<Client>) => Promise<T>): Promise<T> {
    const connection = await lender.lend(BEGIN)
    if (connection === 'busy') {
      throw new StoreUnavailableError('The pool of PostgreSQL has no free connection to start with.')
    }
    try {
      await connection.open([])
      const value = await step(connection)
      connection.release()
      return value
    } catch (error) {
      connection.destroy()
      throw error
    }
  }
}

/** Literals are written in UTF-8; read in another encoding, a byte of a letter could end one. */
async function checkEncoding(connection: Pick<Connection<unknown>, 'run'>): Promise<void> {
  const { rows } = await connection.run(`select current_setting('client_encoding') as encoding`)
  const encoding = rows[0]?.['encoding']
  if (encoding === 'UTF8') return
  throw new Error(`The connections speak ${encoding}; Createonce writes UTF-8. Leave client_encoding to the driver.`)
}
