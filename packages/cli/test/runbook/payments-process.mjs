// A service that charges cards under keys in Redis and logs as pino does. In the mode `die` it never comes to the charge:
// it says under which attemptKey it would have charged, and waits to be killed.
import { created, defineCreation } from '@createonce/server'
import { createonce, toFastify } from '@createonce/server/fastify'
import { redisStore } from '@createonce/server/redis'
import fastify from 'fastify'
import { Redis } from 'ioredis'
import { z } from 'zod'

const [mode, port, provider, leaseMs] = process.argv.slice(2)
const store = redisStore({
  ioredis: new Redis({ host: '127.0.0.1', port: Number(port) }),
  leaseMs: Number(leaseMs),
  // On a machine that is busy with other things, waiting is no failure.
  answerMs: 20_000,
})
const forever = new Promise(() => setInterval(() => {}, 60_000))

const app = fastify({ logger: true })
app.register(createonce)
app.register(async (routes) => {
  const createPayment = defineCreation({
    operation: 'createPayment',
    store,
    log: app.log,
    onCrash: 'block',
    principal: () => 'ann',
    input: z.strictObject({ amount: z.int().positive() }),
    async create({ amount }, { attemptKey, signal }) {
      if (mode === 'die') {
        app.log.info({ attemptKey })
        await forever
      }
      const headers = { 'Idempotency-Key': attemptKey }
      const response = await fetch(provider, { method: 'POST', headers, body: JSON.stringify({ amount }), signal })
      return created(await response.json())
    },
    duplicates: 'allow',
    idempotency: 'required',
    location: '/payments/{id}',
  })
  routes.post('/payments', toFastify(createPayment))
})
await app.listen({ port: 0, host: '127.0.0.1' })
