// A service under fire. Loads everything, waits to be told its port, opens its store and listens.
// node server.mjs '{"store":"sqlite"|"postgres"|"redis", "fault":…, "file":…, "database":…, "redis":…, "ledger":…}'
import { once } from 'node:events'
import { createonce, toFastify } from '@createonce/server/fastify'
import fastify from 'fastify'
import { faults } from './faults.mjs'

const { store, fault, ...options } = JSON.parse(process.argv[2])

// Each loads a driver, and a server needs one of them.
const services = {
  sqlite: () => import('./service/sqlite.mjs'),
  postgres: () => import('./service/postgres.mjs'),
  redis: () => import('./service/redis.mjs'),
}
const { openService } = await services[store]()
const { seed = (unharmed) => unharmed, attemptKeyOf = ({ attemptKey }) => attemptKey } = faults[fault] ?? {}

process.on('disconnect', () => process.exit(0))
// Whoever started this one may be gone already.
process.send('warm', () => {})
if (!process.connected) process.exit(0)
const [{ port }] = await once(process, 'message')

const { creations, read, close = async () => {} } = await openService(options, seed, attemptKeyOf)
const app = fastify()
app.register(createonce)
app.register(async (routes) => {
  for (const [path, creation] of Object.entries(creations)) routes.post(path, toFastify(creation))
  if (read === undefined) return
  for (const table of ['orders', 'named']) {
    routes.get(
      `/${table}/:id`,
      async (request, reply) => (await read(table, request.params.id)) ?? reply.code(404).send({}),
    )
  }
})
// Takes no connection any more, answers what has come, and lets the store go: nobody who was heard is left without an answer.
process.once('SIGTERM', async () => {
  await app.close()
  await close()
  process.exit(0)
})
await app.listen({ port, host: '127.0.0.1' })
process.send('ready', () => {})
