import type { RequestBody } from '../../creation/creation-request.ts'
import { isBrokenOff } from './is-broken-off.ts'
import type { NodeRequest } from './node-message.ts'
import { toRawBody } from './to-raw-body.ts'

/** The body, or why there is none that anything could be made of. */
export type BodyReading = RequestBody | { readonly kind: 'too-large' } | { readonly kind: 'broken-off' }

/**
 * Reads a body that nobody has read, up to a limit in bytes. What is beyond the limit is not kept: Node reads it off when
 * the answer is sent, so that the connection stays usable.
 */
export function readBytes(request: NodeRequest, maxBytes: number): Promise<BodyReading> {
  return new Promise((resolve) => {
    // A stream that is gone emits nothing more: the client hung up while middleware was at work.
    if (request.destroyed) return resolve({ kind: 'broken-off' })
    const chunks: Uint8Array[] = []
    let size = 0

    function settle(reading: BodyReading): void {
      request.off('data', onData).off('end', onEnd).off('close', onBreak).off('error', onBreak)
      resolve(reading)
    }
    function onData(chunk: Uint8Array): void {
      size += chunk.byteLength
      if (size > maxBytes) settle({ kind: 'too-large' })
      else chunks.push(chunk)
    }
    const onEnd = () => settle(isBrokenOff(request) ? { kind: 'broken-off' } : toRawBody(joined(chunks)))
    const onBreak = () => settle({ kind: 'broken-off' })
    request.on('data', onData).on('end', onEnd).on('close', onBreak).on('error', onBreak)
  })
}

/** Nearly every body is one chunk, and that is taken as it is. */
function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}
