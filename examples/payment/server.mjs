// `REDIS_URL=redis://… PROVIDER_URL=http://… PORT=3000 node server.mjs`
import { once } from 'node:events'
import { redisStore } from '@createonce/server/redis'
import { Redis } from 'ioredis'
import { createApp } from './app.mjs'
import { createProviderClient } from './provider-client.mjs'

const redis = new Redis(process.env.REDIS_URL)
// Requests are answered 503 meanwhile; ioredis goes on trying.
redis.on('error', (error) => console.error('The connection to Redis broke:', error.message))
// The lease is how long a retry has to wait after a crash.
const store = redisStore({ ioredis: redis, leaseMs: Number(process.env.LEASE_MS ?? 10_000) })
await store.ready()

const provider = createProviderClient(process.env.PROVIDER_URL)
const server = createApp({ store, provider }).listen(process.env.PORT ?? 3000, '127.0.0.1')
await once(server, 'listening')
console.log(`Process ${process.pid} is listening on http://127.0.0.1:${server.address().port}`)

let stopping
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (stopping ??= stop()))

/** Answers what has begun, takes nothing new, then lets go of Redis. */
async function stop() {
  await new Promise((resolve) => server.close(resolve))
  await store.close()
  await redis.quit()
}
