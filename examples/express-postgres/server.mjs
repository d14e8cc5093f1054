// `DATABASE_URL=postgres://… PORT=3000 node server.mjs`
import { once } from 'node:events'
import { postgresStore } from '@createonce/server/postgres'
import pg from 'pg'
import { pino } from 'pino'
import { createApp } from './app.mjs'
import { createTables } from './tables.mjs'

const log = pino()
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
// A connection that breaks while nobody uses it; the pool opens another one.
pool.on('error', (error) => log.warn({ err: error }, 'an idle connection to PostgreSQL broke'))
await createTables(pool)
const store = postgresStore({ pool })
await store.ready()

const server = createApp({ pool, store, log }).listen(process.env.PORT ?? 3000)
await once(server, 'listening')
log.info(`listening on http://127.0.0.1:${server.address().port}`)

let stopping
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (stopping ??= stop()))

/** Answers what has begun, takes nothing new, then lets go of the database. */
async function stop() {
  await new Promise((resolve) => server.close(resolve))
  await store.close()
  await pool.end()
}
