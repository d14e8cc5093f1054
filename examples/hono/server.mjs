// `DATABASE_FILE=contacts.db PORT=3000 node server.mjs`
import { sqliteStore } from '@createonce/server/sqlite'
import { serve } from '@hono/node-server'
import { createApp } from './app.mjs'
import { table } from './contacts.mjs'

const store = await sqliteStore({ file: process.env.DATABASE_FILE ?? 'contacts.db', schema: table })

const { fetch } = createApp(store)
const server = serve({ fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`listening on http://127.0.0.1:${port}`),
)

let stopping
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (stopping ??= stop()))

/** Answers what has begun, takes nothing new, then closes the file. */
async function stop() {
  await new Promise((resolve) => server.close(resolve))
  await store.close()
}
