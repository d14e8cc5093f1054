// One side in a process of its own: node server.mjs '{"side":…,"database":…}'. Tells its CPU time and memory when asked.
import fastify from 'fastify'
import { createPool, sides } from './sides.mjs'

const { side, database, file, synchronous = 'full' } = JSON.parse(process.argv[2])
const app = fastify()
const pool = database === undefined ? undefined : createPool(database)
await sides[side]({ app, pool, file, synchronous })
await app.listen({ port: 0, host: '127.0.0.1' })
process.on('message', (message) => {
  if (message === 'stop') process.exit(0)
  globalThis.gc?.()
  process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage().rss })
})
process.on('disconnect', () => process.exit(0))
process.send({ port: app.server.address().port })
