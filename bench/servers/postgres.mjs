import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres as startServer } from '../../scripts/start-postgres.mjs'

/** Starts a PostgreSQL of its own with default durability, on disk. */
export async function startPostgres() {
  const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'createonce-bench-pg-'))
  const { user, password, port, stop } = await startServer(folder)
  let count = 0
  const config = (database) => ({ host: '127.0.0.1', port, user, password, database })
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
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
