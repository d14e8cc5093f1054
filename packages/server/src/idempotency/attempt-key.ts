import { createHash } from 'node:crypto'

/**
 * Names everything that is ever tried under one key of one scope, for the idempotency keys of services that `create`
 * calls: the same after a crash, in another process and on another machine, and never the client's own key, which is
 * the client's secret.
 *
 * SHA-256 of both, shaped as a UUID of version 8 (RFC 9562 §5.8), which every service takes. JSON frames them, so that
 * no choice of scope and key reads as another.
 */
export function attemptKeyOf({ scope, key }: { readonly scope: string; readonly key: string }): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify(['createonce attempt', scope, key]))
    .digest()
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex', 0, 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
