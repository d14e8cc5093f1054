import { StoreUnavailableError } from '../../idempotency/store-errors.ts'
import type { Time } from '../../idempotency/time.ts'
import { within } from '../within.ts'
import type { Connection, Driver } from './driver.ts'
import type { Step } from './statement.ts'

/** Lends connections of the pool, with bounds on how many wait and for how long. */
export interface Lender<Client> {
  /**
   * A connection whose first statement is to be `begin`, or `busy`; throws {@link StoreUnavailableError} where the
   * database cannot be reached.
   */
  lend(begin?: Step): Promise<Connection<Client> | 'busy'>
}

// What `pg` says when all connections of its pool were in use for `connectionTimeoutMillis`.
const EXHAUSTED = /timeout exceeded when trying to connect/

/** Makes a lender; whoever waits for a connection holds none. */
export function createLender<Client>(
  driver: Driver<Client>,
  options: { readonly time: Time; readonly maxWaiting: number; readonly acquireMs: number },
): Lender<Client> {
  let waiting = 0
  let lent = 0

  /** Counts what is lent, so that a pool that is merely busy is told from a database that is away. */
  function counted(connection: Connection<Client>): Connection<Client> {
    lent += 1
    let isLent = true
    const { release, destroy } = connection
    const giveBack = (way: () => void): void => {
      if (!isLent) return
      isLent = false
      lent -= 1
      way.call(connection)
    }
    connection.release = () => giveBack(release)
    connection.destroy = () => giveBack(destroy)
    return connection
  }

  return {
    async lend(begin) {
      if (waiting >= options.maxWaiting) return 'busy'
      waiting += 1
      let isLate = false
      const connecting = driver.connect(begin)
      try {
        return counted(
          await within(options.time, options.acquireMs, connecting, () => {
            isLate = true
            return new Error(`no connection within ${options.acquireMs} ms`)
          }),
        )
      } catch (cause) {
        // It may still come; nobody waits for it then, so it goes back.
        if (isLate) connecting.then((connection) => connection.release()).catch(() => {})
        const { message, code } = cause as Error & { code?: unknown }
        if (code === '53300' || ((isLate || EXHAUSTED.test(message)) && lent > 0)) return 'busy'
        throw new StoreUnavailableError(`PostgreSQL cannot be reached: ${message || String(code)}.`, { cause })
      } finally {
        waiting -= 1
      }
    },
  }
}
