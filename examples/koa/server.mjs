// `DATABASE_FILE=bookmarks.db PORT=3000 node server.mjs`
import { once } from 'node:events'
import { sqliteStore } from '@createonce/server/sqlite'
import { createApp } from './app.mjs'
import { schema } from './bookmarks.mjs'

const store = await sqliteStore({ file: process.env.DATABASE_FILE ?? 'bookmarks.db', schema })

const server = createApp(store).listen(process.env.PORT ?? 3000)
await once(server, 'listening')
console.log(`listening on http://127.0.0.1:${server.address().port}`)

let stopping
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (stopping ??= stop()))

/** Answers what has begun, takes nothing new, then closes the file. */
async function stop() {
  await new Promise((resolve) => server.close(resolve))
  await store.close()
}
