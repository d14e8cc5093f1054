import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { startPostgres as start } from '../start-postgres.mjs'

/** A PostgreSQL of its own, for an API that needs one. */
export async function startPostgres(folder) {
  mkdirSync(folder)
  // As root, the server runs as another user, who has to get there.
  chmodSync(dirname(folder), 0o755)
  const { user, password, port, stop } = await start(folder)
  return { port, url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`, stop }
}
