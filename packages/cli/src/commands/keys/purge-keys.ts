import type { KeyRecords } from '@createonce/server/operator'
import { UsageError } from '../../usage-error.ts'
import { change } from './change.ts'
import { confirm } from './confirm.ts'
import type { Hash } from './create-hash.ts'
import type { KeysFlags } from './keys-flags.ts'
import type { Audit } from './open-audit.ts'

/** `createonce keys purge`: deletes what is past its retention, or all finished records of one principal. */
export async function purgeKeys(
  records: KeyRecords,
  flags: KeysFlags,
  { hash, audit }: { readonly hash: Hash; readonly audit: Audit },
): Promise<number> {
  const { principal, limit = Number.MAX_SAFE_INTEGER } = flags
  if (principal === '') throw new UsageError('--principal is empty; without it, what is past its retention is purged.')
  if (principal !== undefined && flags.limit !== undefined) {
    throw new UsageError('--limit has no meaning with --principal: all records of a principal are erased.')
  }
  const isAllowed = flags.yes === true
  const { name: store } = records
  let deleted: number
  if (principal === undefined) {
    await confirm('Delete the records that are past their retention?', isAllowed)
    deleted = await change(
      audit,
      { what: 'purge', store },
      () => records.purge(limit),
      (count) => ({ outcome: 'purged', deleted: count }),
    )
  } else {
    await confirm('Erase all finished records of this principal? A late retry of theirs creates again.', isAllowed)
    const line = { what: 'erase', store, hashes: hash.isLogged ? 'log-secret' : 'random', principal: hash(principal) }
    deleted = await change(
      audit,
      line,
      () => records.erase({ principal }),
      (count) => ({ outcome: 'erased', deleted: count }),
    )
  }
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, deleted }, null, 2)}\n`)
  else process.stdout.write(`Deleted: ${deleted} ${deleted === 1 ? 'record' : 'records'}.\n`)
  if (principal === undefined && store.startsWith('redis')) {
    process.stderr.write('Redis deletes by itself what is past its retention.\n')
  }
  return 0
}
