// A service that charges a card at a provider: one creation for each choice of what a crash means. In the mode `die` it
// says `charged` after the charge and never comes to the end of create().
import { created, defineCreation, UnknownOutcomeError } from '@createonce/server'
import { createonce, toFastify } from '@createonce/server/fastify'
import { redisStore } from '@createonce/server/redis'
import fastify from 'fastify'
import { Redis } from 'ioredis'
import { z } from 'zod'

const [mode, port, provider, leaseMs] = process.argv.slice(2)
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`)
const forever = new Promise(() => setInterval(() => {}, 60_000))

const client = new Redis({ host: '127.0.0.1', port: Number(port) })
const store = redisStore({ ioredis: client, leaseMs: Number(leaseMs), answerMs: 20_000 })

const createPayment = (onCrash) =>
  defineCreation({
    operation: `createPayment-${onCrash}`,
    store,
    onCrash,
    principal: (request) => String(request.headers['x-caller']),
    input: z.strictObject({ amount: z.int().positive(), card: z.string() }),
    async create({ amount, card }, { attemptKey, signal }) {
      const response = await fetch(provider, {
        method: 'POST',
        headers: { 'Idempotency-Key': attemptKey },
        body: JSON.stringify({ amount, card }),
        signal,
      })
      const charge = await response.json()
      if (card === 'answers nothing') throw new UnknownOutcomeError('The provider did not answer.')
      if (mode === 'die') {
        say('charged')
        await forever
      }
      return created({ id: charge.id, amount })
    },
    duplicates: 'allow',
    idempotency: 'required',
    location: '/payments/{id}',
  })

const app = fastify()
app.register(createonce)
app.register(async (routes) => {
  for (const onCrash of ['block', 'rerun']) routes.post(`/${onCrash}`, toFastify(createPayment(onCrash)))
})
say(await app.listen({ port: 0, host: '127.0.0.1' }))
