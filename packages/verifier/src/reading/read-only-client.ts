import type { Client, OutgoingRequest } from '../http/client.ts'
import { OnlyReads } from './only-reads.ts'

// The safe methods of RFC 9110 §9.2.1, but for TRACE, which nobody needs here and many forbid.
const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A client that sends nothing but GET, HEAD and OPTIONS, whoever asks; everything else throws {@link OnlyReads}. */
export function readOnlyClient(client: Client): Client {
  const check = ({ method }: OutgoingRequest): void => {
    if (!safe.has(method)) throw new OnlyReads()
  }
  return {
    async send(request) {
      check(request)
      return client.send(request)
    },
    async race(requests) {
      requests.forEach(check)
      return client.race(requests)
    },
    async hangUp(request) {
      check(request)
      return client.hangUp(request)
    },
    forget: client.forget,
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
