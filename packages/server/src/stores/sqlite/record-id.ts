import { sha256 } from '../../idempotency/sha256.ts'

/**
 * What a record is found by: SHA-256 over scope and key, cut to 16 bytes. That is half the index of the full digest, and
 * still nobody finds a second claim with the same one. The length keeps `a` + `bc` apart from `ab` + `c`.
 */
export function recordId({ scope, key }: { readonly scope: string; readonly key: string }): Uint8Array {
  return Buffer.from(sha256(`${scope.length}:${scope}${key}`, 'hex').slice(0, 32), 'hex')
}
