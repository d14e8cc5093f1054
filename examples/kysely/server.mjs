// `DATABASE_URL=postgres://… PORT=3000 node server.mjs`
import { postgresStore } from '@createonce/server/postgres'
import pg from 'pg'
import { createApp } from './app.mjs'
import { createKysely } from './create-kysely.mjs'
import { createTables } from './tables.mjs'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
// A connection that breaks while nobody uses it; the pool opens another one.
pool.on('error', (error) => console.error('An idle connection to PostgreSQL broke:', error.message))
const db = createKysely(pool)
await createTables(db)

// `tx` in `create` is a Kysely on the transaction that also remembers the key.
const store = postgresStore({
  pool,
  wrap: (client) => createKysely({ connect: async () => client, end: async () => {} }),
})
await store.ready()

const app = createApp({ db, store })
// Fastify has answered what has begun, and takes nothing new.
app.addHook('onClose', async () => {
  await store.close()
  await db.destroy()
})
console.log(`listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })}`)

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => app.close())
