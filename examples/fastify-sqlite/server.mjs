// `DATABASE_FILE=stock.db PORT=3000 node server.mjs`
import { sqliteStore } from '@createonce/server/sqlite'
import { createApp } from './app.mjs'
import { labelsTable } from './labels.mjs'
import { productsTable } from './products.mjs'

const store = await sqliteStore({
  file: process.env.DATABASE_FILE ?? 'stock.db',
  schema: `${productsTable}; ${labelsTable}`,
})

const app = createApp(store)
// Fastify has answered what has begun, and takes nothing new.
app.addHook('onClose', () => store.close())
console.log(`listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })}`)

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => app.close())
