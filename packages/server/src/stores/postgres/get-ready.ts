import { StoreUnavailableError } from '../../idempotency/store-errors.ts'
import type { Connection } from './driver.ts'
import type { Lender } from './lender.ts'
import { migrate } from './migrate.ts'
import { proveLock } from './prove-lock.ts'

// Two stores over one pool of two connections would each hold one and wait for the other's.
const starting = new WeakMap<object, Promise<unknown>>()

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
    const one = await connection()
    try {
      await checkEncoding(one)
      await migrate(one, { schema: options.schema, isAllowed: options.migrate })
      const other = await connection()
      try {
        await proveLock(one, other, options.random)
        other.release()
      } catch (error) {
        other.destroy()
        throw error
      }
      one.release()
    } catch (error) {
      one.destroy()
      throw error
    }
  }

  async function connection(): Promise<Connection<Client>> {
    const lent = await lender.lend()
    if (lent !== 'busy') return lent
    throw new StoreUnavailableError('The pool of PostgreSQL has no free connection to start with.')
  }
}

/** Literals are written in UTF-8; read in another encoding, a byte of a letter could end one. */
async function checkEncoding(connection: Pick<Connection<unknown>, 'run'>): Promise<void> {
  const { rows } = await connection.run(`select current_setting('client_encoding') as encoding`)
  const encoding = rows[0]?.['encoding']
  if (encoding === 'UTF8') return
  throw new Error(`The connections speak ${encoding}; Createonce writes UTF-8. Leave client_encoding to the driver.`)
}
