import { created } from '@createonce/server'
import { memoryStore } from '@createonce/server/memory'
import { creationApp } from './creation.mjs'
import { toOrder } from './order.mjs'
import { serve } from './serve.mjs'

/** The memory store around the handler without a database. */
export function memory() {
  const store = memoryStore()
  return serve(creationApp({ store, create: (given) => created(toOrder(given)) }), { store })
}
