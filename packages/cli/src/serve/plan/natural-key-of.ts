import type { Creation } from '@createonce/verifier/document'

/**
 * The members that make two resources the same one: what is declared, or what a document with a 409 must mean. A guess
 * alone refuses nobody.
 */
export function naturalKeyOf(creations: readonly Creation[]): readonly string[] {
  for (const { policy } of creations) {
    const { naturalKey, duplicates } = policy
    if (naturalKey === undefined || duplicates?.value === 'allow') continue
    if (naturalKey.from === 'declared' || duplicates?.value !== undefined) return naturalKey.value
  }
  return []
}
