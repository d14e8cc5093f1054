import type { KeyName, KeyRecords } from '@createonce/server/operator'
import { UsageError } from '../../usage-error.ts'
import type { Hash } from './create-hash.ts'
import type { KeysFlags } from './keys-flags.ts'

/**
 * The key that is meant: by its names, or by the hash of a log line, for which all records are looked through. Nothing
 * where no record has the hash.
 */
export async function nameKey(
  records: KeyRecords,
  given: string | undefined,
  flags: KeysFlags,
  hash: Hash,
): Promise<KeyName | undefined> {
  const { operation, principal } = flags
  if (given !== undefined && flags.hash === undefined) {
    if (operation !== undefined && principal !== undefined) return { principal, operation, key: given }
    throw new UsageError('A key means something only to a caller and an operation: say --operation and --principal.')
  }
  if (given !== undefined || flags.hash === undefined) {
    throw new UsageError('Name one key: KEY --operation NAME --principal NAME, or --hash HASH of a log line.')
  }
  if (!hash.isLogged) {
    throw new UsageError('--hash needs --log-secret-env NAME: the variable that holds the logSecret of the service.')
  }
  const found = new Map<string, KeyName>()
  for await (const page of records.pages()) {
    for (const one of page) {
      if (operation !== undefined && one.operation !== operation) continue
      if (principal !== undefined && one.principal !== principal) continue
      if (hash(one.key).startsWith(flags.hash)) found.set(JSON.stringify([one.principal, one.operation, one.key]), one)
    }
  }
  if (found.size > 1) {
    throw new UsageError(
      `${found.size} keys have this hash: other callers or operations use the same key. Add --operation and --principal, or more digits.`,
    )
  }
  return [...found.values()][0]
}
