import type { Time } from '../../idempotency/time.ts'
import { within } from '../within.ts'
import type { Connection } from './driver.ts'

/**
 * Rolls back and gives the connection back; one that cannot even do that within `holdMs` is closed. Waits for `running`
 * first: what was asked for at once with a statement that failed may not have been answered.
 */
export async function rollBack(
  connection: Connection<unknown>,
  { time, holdMs }: { readonly time: Time; readonly holdMs: number },
  running: Promise<void> = Promise.resolve(),
): Promise<void> {
  try {
    // A COMMIT that failed has ended the transaction too.
    const rolledBack: Promise<unknown> = running.then(() =>
      connection.state() === 'ended' ? undefined : connection.run('rollback'),
    )
    await within(time, holdMs, rolledBack, () => new Error('ROLLBACK was not answered.'))
  } catch {
    connection.destroy()
    return
  }
  connection.release()
}
