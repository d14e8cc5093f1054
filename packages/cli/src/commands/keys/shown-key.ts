import type { KeyRecord } from '@createonce/server/operator'
import type { Hash } from './create-hash.ts'

/** A key as it is shown: by hashes, and by its names only where that was asked for. */
export interface ShownKey {
  readonly state: string
  readonly operation: string
  readonly since?: string
  readonly expires: string
  readonly status?: number
  readonly principalHash: string
  readonly keyHash: string
  readonly principal?: string
  readonly key?: string
}

/** What is shown of a key. */
export function shownKey(record: KeyRecord, hash: Hash, isClear: boolean): ShownKey {
  const { state, operation, since, expiresAt, status, principal, key } = record
  return {
    state,
    operation,
    ...(since !== undefined && { since: timeOf(since) }),
    expires: timeOf(expiresAt),
    ...(status !== undefined && { status }),
    principalHash: hash(principal),
    keyHash: hash(key),
    ...(isClear && { principal, key }),
  }
}

// Further away than Date can tell is as good as for ever.
const LAST_MS = 8.64e15

function timeOf(ms: number): string {
  return new Date(Math.min(ms, LAST_MS)).toISOString()
}
