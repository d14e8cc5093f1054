// `DATABASE_URL=postgres://… PORT=3000 node server.mjs`
import { postgresStore } from '@createonce/server/postgres'
import { serve } from '@hono/node-server'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { createApp } from './app.mjs'
import { createTables, invoiceRelations, invoices, lineRelations, lines } from './schema.mjs'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
// A connection that breaks while nobody uses it; the pool opens another one.
pool.on('error', (error) => console.error('An idle connection to PostgreSQL broke:', error.message))
await createTables(pool)

// `tx` in `create` is a Drizzle on the transaction that also remembers the key. It is made for each request, which costs
// 10 µs without a schema; only `db.query`, for reads, needs one.
const store = postgresStore({ pool, wrap: (client) => drizzle({ client }) })
await store.ready()
const db = drizzle({ client: pool, schema: { invoices, lines, invoiceRelations, lineRelations } })

const server = serve(
  { fetch: (await createApp(db, store)).fetch, port: Number(process.env.PORT ?? 3000) },
  ({ port }) => console.log(`listening on http://127.0.0.1:${port}`),
)

let stopping
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (stopping ??= stop()))

/** Answers what has begun, takes nothing new, then lets go of the database. */
async function stop() {
  await new Promise((resolve) => server.close(resolve))
  await store.close()
  await pool.end()
}
