import { StoreUnavailableError } from '@createonce/server'
import { mask } from '../../config/mask.ts'
import { chooseStore } from './choose-store.ts'
import { createHash } from './create-hash.ts'
import type { KeysAction, KeysFlags } from './keys-flags.ts'
import { listKeys } from './list-keys.ts'
import { openAudit } from './open-audit.ts'
import { openRecords } from './open-records.ts'
import { purgeKeys } from './purge-keys.ts'
import { releaseKey } from './release-key.ts'
import { showKey } from './show-key.ts'

/** Does one action on the records of a store; returns the exit code. */
export async function runKeys(action: KeysAction, key: string | undefined, flags: KeysFlags): Promise<number> {
  const hash = createHash(flags)
  const chosen = await chooseStore(flags)
  try {
    const records = await openRecords(chosen)
    try {
      if (action === 'list') return await listKeys(records, flags, hash, Date.now())
      if (action === 'show') return await showKey(records, key, flags, hash)
      const audit = openAudit(flags.audit)
      try {
        const over = { hash, audit }
        return action === 'release'
          ? await releaseKey(records, key, flags, over)
          : await purgeKeys(records, flags, over)
      } finally {
        audit.close()
      }
    } finally {
      await records.close()
    }
  } catch (error) {
    if (!isAway(error)) throw error
    process.stderr.write(`createonce: ${mask(error.message, chosen.secrets)}\n`)
    return 3
  }
}

/** Whether the store is to blame: by our own error, or by one that a driver has from the network. */
function isAway(error: unknown): error is Error {
  if (error instanceof StoreUnavailableError) return true
  return error instanceof Error && /^E[A-Z]+$/.test(String((error as NodeJS.ErrnoException).code))
}
