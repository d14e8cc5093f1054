import type { Client } from '../http/client.ts'
import { guardedClient } from '../http/guarded-client.ts'
import { OnlyReads } from './only-reads.ts'

// The safe methods of RFC 9110 §9.2.1, but for TRACE, which nobody needs here and many forbid.
const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A client that sends nothing but GET, HEAD and OPTIONS, whoever asks; everything else throws {@link OnlyReads}. */
export function readOnlyClient(client: Client): Client {
  return guardedClient(client, (requests) => {
    if (requests.some(({ method }) => !safe.has(method))) throw new OnlyReads()
  })
}
