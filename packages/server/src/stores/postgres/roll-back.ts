import type { Connection } from './driver.ts'

/** Rolls back and gives the connection back; a connection that cannot even do that is closed. */
export async function rollBack(connection: Connection<unknown>): Promise<void> {
  try {
    await connection.run('rollback')
    connection.release()
  } catch {
    connection.destroy()
  }
}
