import { createHash } from 'node:crypto'
import type { Claim } from '../../idempotency/store.ts'

/** What a claim is found and locked by. */
export interface ClaimId {
  /** The primary key of its record: 32 hexadecimal digits, safe inside a literal. */
  readonly uuid: string
  /** The second number of its advisory lock. */
  readonly lock: number
}

/**
 * SHA-256 over scope and key, cut to 16 bytes: half the index of the full hash, and still nobody finds a second claim
 * with the same id. The length keeps `a` + `bc` apart from `ab` + `c`.
 *
 * The lock has 32 bits, so two keys may share one: then a request is told that its key is in flight though it is
 * another one's, and its retry succeeds. `space` spreads the schemas of one database over the same numbers.
 */
export function claimId({ scope, key }: Pick<Claim, 'scope' | 'key'>, space: string): ClaimId {
  const digest = createHash('sha256').update(`${scope.length}:${scope}${key}`).digest()
  const spread = createHash('sha256').update(space).digest()
  return { uuid: digest.toString('hex', 0, 16), lock: digest.readInt32BE(16) ^ spread.readInt32BE(0) }
}
