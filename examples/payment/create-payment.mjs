import { created, defineCreation, etagOf, UnknownOutcomeError } from '@createonce/server'
import { z } from 'zod'

const newPayment = z.strictObject({
  amount: z.int().min(1).max(1_000_000), // in cents
  currency: z.enum(['EUR', 'USD']),
})

/** What is answered for a payment, by POST, GET and the list alike. */
export const payment = newPayment.extend({ id: z.string() })

export function represent({ id, amount, currency }) {
  return { id, amount, currency }
}

/**
 * `POST /payments`. No transaction reaches the provider: when this process dies after the charge, nobody here knows of it.
 * A retry then runs `create` again, and the provider knows the same `attemptKey`: it has charged once.
 */
export function defineCreatePayment({ store, provider }) {
  return defineCreation({
    operation: 'createPayment',
    store,
    onCrash: 'rerun',
    principal: (request) => request.native.user,
    input: newPayment,
    async create(input, { principal, attemptKey, signal }) {
      try {
        const charge = { ...input, customer: principal }
        return created(await provider.charge(charge, { key: attemptKey, signal }))
      } catch (cause) {
        // Any other error would say that nothing was charged, and free the key for another request.
        throw new UnknownOutcomeError('Nobody knows whether the provider charged.', { cause })
      }
    },
    duplicates: 'allow', // two equal payments are two payments; only the key tells a retry from another one
    idempotency: 'required',
    location: '/payments/{id}',
    represent,
    etag: etagOf,
    openapi: { summary: 'Pay', private: true },
  })
}
