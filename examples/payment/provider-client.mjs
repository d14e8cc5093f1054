// Stands for the SDK of the provider: Stripe's and others take the key and try again in the same way.
const ATTEMPTS = 3

/** A client of the provider at this URL. */
export function createProviderClient(url) {
  return {
    /** Charges once per key, however often it is asked; throws where the provider did not answer in the end. */
    async charge(charge, { key, signal }) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const response = await fetch(`${url}/charges`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
            body: JSON.stringify(charge),
            signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
          })
          if (!response.ok) throw new Error(`The provider answered ${response.status}.`)
          return await response.json()
        } catch (error) {
          // Safe, since the key is the same.
          if (attempt === ATTEMPTS || signal.aborted) throw error
        }
      }
    },

    /** Every charge of a customer, the newest first. */
    async list(customer) {
      const response = await fetch(`${url}/charges`)
      const charges = await response.json()
      return charges.filter((charge) => charge.customer === customer).reverse()
    },

    /** The charge with this id, if it is the customer's. */
    async find(id, customer) {
      const response = await fetch(`${url}/charges/${encodeURIComponent(id)}`)
      if (!response.ok) return undefined
      const charge = await response.json()
      return charge.customer === customer ? charge : undefined
    },
  }
}
