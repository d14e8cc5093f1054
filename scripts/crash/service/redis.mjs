import { openSync, writeSync } from 'node:fs'
import { created, defineCreation } from '@createonce/server'
import { redisStore } from '@createonce/server/redis'
import { Redis } from 'ioredis'
import { input } from './input.mjs'

// Renewed three times as often: longer than a server is frozen, and short, since clients wait for its end.
const LEASE_MS = 1_500

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** The service over Redis, by the proxy that cuts its connection: what it does is a line in a ledger outside. */
export async function openService({ redis, ledger }, seed, attemptKeyOf) {
  const store = seed(redisStore({ ioredis: new Redis(redis), leaseMs: LEASE_MS }))
  // O_APPEND: lines of several processes never fall into each other, and what is written outlives its process.
  const lines = openSync(ledger, 'a')

  const creationOf = (onCrash) =>
    defineCreation({
      operation: onCrash,
      store,
      onCrash,
      principal: 'anybody',
      input,
      duplicates: 'allow',
      idempotency: { key: 'required', waitMs: 200 },
      location: '/effects/{id}',
      replayCacheBytes: 0,
      async create({ item }, context) {
        // The windows before and after the effect are where a process dies best.
        await pause(Math.random() * 2)
        const id = attemptKeyOf(context)
        writeSync(lines, `${JSON.stringify({ onCrash, item, id })}\n`)
        await pause(Math.random() * 6)
        return created({ id, item })
      },
    })
  return { creations: { '/block': creationOf('block'), '/rerun': creationOf('rerun') } }
}
