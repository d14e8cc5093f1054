import type { RequestBody } from '../../creation/creation-request.ts'
import { isBrokenOff } from './is-broken-off.ts'
import type { NodeRequest } from './node-message.ts'
import { toRawBody } from './to-raw-body.ts'

/** The body, or why there is none that anything could be made of. */
export type BodyReading = RequestBody | { readonly kind: 'too-large' } | { readonly kind: 'broken-off' }

const BROKEN_OFF: BodyReading = { kind: 'broken-off' }

/**
 * Reads a body that nobody has read, up to a limit in bytes. What is beyond the limit is not kept: Node reads it off when
 * the answer is sent, so that the connection stays usable.
 */
export function readBytes(request: NodeRequest, maxBytes: number): Promise<BodyReading> {
  return new Promise((resolve) => {
    // A stream that is gone emits nothing more: the client hung up while middleware was at work.
    if (request.destroyed) return resolve(BROKEN_OFF)
    let chunks: Uint8Array[] = []
    let size = 0
    // Nobody stops listening: what comes after the first that resolves says nothing any more.
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.byteLength
      if (size <= maxBytes) return void chunks.push(chunk)
      chunks = []
      resolve({ kind: 'too-large' })
    })
    request.on('end', () => resolve(isBrokenOff(request) ? BROKEN_OFF : toRawBody(joined(chunks))))
    const onBreak = () => resolve(BROKEN_OFF)
    request.on('close', onBreak).on('error', onBreak)
  })
}

/** Nearly every body is one chunk, and that is taken as it is. */
function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}
