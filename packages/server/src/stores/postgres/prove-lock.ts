import type { Connection } from './driver.ts'
import { START_LOCKS } from './migrate.ts'

/**
 * Proves on two connections that an advisory lock excludes: some databases that speak PostgreSQL's protocol accept it
 * and do nothing, and then every process would believe that it alone executes a key.
 */
export async function proveLock(
  one: Pick<Connection<unknown>, 'run'>,
  other: Pick<Connection<unknown>, 'run'>,
  random: () => number,
): Promise<void> {
  // Any number but 0, which is the migration's: processes that start together must not meet on it.
  const lock = `select pg_try_advisory_xact_lock(${START_LOCKS}, ${1 + Math.floor(random() * 0x7ffffffe)})::text as locked`
  const first = await takes(one, lock)
  const second = await takes(other, lock)
  await Promise.all([one.run('rollback'), other.run('rollback')])
  const third = await takes(other, lock)
  await other.run('rollback')
  if (first && !second && third) return
  throw new Error(
    'Advisory locks of this database do not exclude each other (pg_try_advisory_xact_lock on two connections): it cannot tell that a key is in flight. Use PostgreSQL itself.',
  )
}

async function takes(connection: Pick<Connection<unknown>, 'run'>, lock: string): Promise<boolean> {
  const { rows } = await connection.run(`begin; ${lock}`)
  return rows.find(({ locked }) => locked !== undefined)?.['locked'] === 'true'
}
