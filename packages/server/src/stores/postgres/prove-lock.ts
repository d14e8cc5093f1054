import type { Connection } from './driver.ts'
import { START_LOCKS } from './migrate.ts'

/**
 * Proves on two connections, by the transactions that have begun on them and are ended, that an advisory lock excludes until its transaction has
 * ended: some databases that speak PostgreSQL's protocol accept it and do nothing, and then every process would believe
 * that it alone executes a key.
 */
export async function proveLock(
  one: Pick<Connection<unknown>, 'run'>,
  other: Pick<Connection<unknown>, 'run'>,
  random: () => number,
): Promise<void> {
  // Any number but 0, which is the migration's: processes that start together must not meet on it.
  const number = 1 + Math.floor(random() * 0x7ffffffe)
  const takes = async (connection: Pick<Connection<unknown>, 'run'>): Promise<boolean> => {
    const text = `select pg_try_advisory_xact_lock(${START_LOCKS}, ${number})::text as locked`
    return (await connection.run(text)).rows[0]?.['locked'] === 'true'
  }
  const first = await takes(one)
  const second = await takes(other)
  await one.run('rollback')
  const third = await takes(other)
  await other.run('rollback')
  if (first && !second && third) return
  throw new Error(
    'Advisory locks of this database do not exclude each other (pg_try_advisory_xact_lock on two connections): it cannot tell that a key is in flight. Use PostgreSQL itself.',
  )
}
