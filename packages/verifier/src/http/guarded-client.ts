import type { Client } from './client.ts'
import type { OutgoingRequest } from './outgoing-request.ts'

/** A client whose requests pass a guard first, which throws for those that are not to be sent. */
export function guardedClient(client: Client, guard: (requests: readonly OutgoingRequest[]) => void): Client {
  return {
    async send(request) {
      guard([request])
      return client.send(request)
    },
    async race(requests) {
      guard(requests)
      return client.race(requests)
    },
    async hangUp(request) {
      guard([request])
      return client.hangUp(request)
    },
    forget: (upTo, keep) => client.forget(upTo, keep),
    stop: () => client.stop(),
    cleanUp: () => client.cleanUp(),
    close: () => client.close(),
    get exchanges() {
      return client.exchanges
    },
    get count() {
      return client.count
    },
  }
}
