import type { Time } from '../../idempotency/time.ts'
import type { Connection } from './driver.ts'
import { within } from './within.ts'

/** Rolls back and gives the connection back; one that cannot even do that within `holdMs` is closed. */
export async function rollBack(
  connection: Connection<unknown>,
  { time, holdMs }: { readonly time: Time; readonly holdMs: number },
): Promise<void> {
  try {
    await within(time, holdMs, connection.run('rollback'), () => new Error('ROLLBACK was not answered.'))
  } catch {
    connection.destroy()
    return
  }
  connection.release()
}
