import { sha256 } from '../../idempotency/sha256.ts'
import type { Claim } from '../../idempotency/store.ts'

/** What a claim is found and locked by. */
export interface ClaimId {
  /** The primary key of its record: 32 hexadecimal digits, safe inside a literal. */
  readonly uuid: string
  /** The second number of its advisory lock. */
  readonly lock: number
}

// A process has one schema, or a few.
const spreads = new Map<string, number>()

/**
 * SHA-256 over scope and key, cut to 16 bytes: half the index of the full hash, and still nobody finds a second claim
 * with the same id. The length keeps `a` + `bc` apart from `ab` + `c`.
 *
 * The lock has 32 bits, so two keys may share one: then a request is told that its key is in flight though it is
 * another one's, and its retry succeeds. `space` spreads the schemas of one database over the same numbers.
 */
export function claimId({ scope, key }: Pick<Claim, 'scope' | 'key'>, space: string): ClaimId {
  let spread = spreads.get(space)
  if (spread === undefined) {
    spread = toInteger(sha256(space, 'hex').slice(0, 8))
    spreads.set(space, spread)
  }
  const digest = sha256(`${scope.length}:${scope}${key}`, 'hex')
  return { uuid: digest.slice(0, 32), lock: toInteger(digest.slice(32, 40)) ^ spread }
}

/** Eight hexadecimal digits as the signed number of 32 bits that PostgreSQL takes. */
function toInteger(digits: string): number {
  return Number.parseInt(digits, 16) | 0
}
