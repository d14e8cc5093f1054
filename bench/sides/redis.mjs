import { created } from '@createonce/server'
import { redisStore } from '@createonce/server/redis'
import { Redis } from 'ioredis'
import { creationApp } from './creation.mjs'
import { toOrder } from './order.mjs'
import { serve } from './serve.mjs'

/** The Redis store around the handler without a database. */
export function redis({ redisPort }) {
  const store = redisStore({ ioredis: new Redis({ host: '127.0.0.1', port: redisPort }) })
  return serve(creationApp({ store, onCrash: 'block', create: (given) => created(toOrder(given)) }), { store })
}
