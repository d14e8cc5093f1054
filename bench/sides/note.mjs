// What all frameworks create: a note that nobody keeps.
import { created, defineCreation } from '@createonce/server'
import { defineIdempotent } from '@createonce/server/idempotent'
import { z } from 'zod'
import { noStore } from './no-store.mjs'

let serial = 0

/** The note of a body that is taken as it comes. */
export function toNote(body) {
  return { id: ++serial, ...body }
}

export const settings = {
  operation: 'createOrder',
  store: noStore,
  principal: 'anybody',
  input: z.strictObject({ item: z.string(), quantity: z.int(), note: z.string().optional() }),
  duplicates: 'allow',
  idempotency: 'optional',
  location: '/orders/{id}',
}

/** The creation of it, with all that the library does but keep. */
export function noteCreation() {
  return defineCreation({ ...settings, create: (given) => created(toNote(given)) })
}

/** A guard for the handler that answers it without the library. */
export function guard() {
  const { operation, store, principal, idempotency } = settings
  return defineIdempotent({ operation, store, principal, idempotency })
}
