import { sha256 } from '../../idempotency/sha256.ts'

/**
 * The name of a claim's hash in Redis: a digest, since scope and key are the client's and may be long or hold braces.
 * The digest is also the hash tag, so that in a cluster it alone decides about the slot, whatever the prefix.
 */
export function claimKey(prefix: string, { scope, key }: { readonly scope: string; readonly key: string }): string {
  return `${prefix}{${sha256(JSON.stringify([scope, key]), 'base64url')}}`
}
