import type { KeyRecords } from '@createonce/server/operator'
import { neutralise } from '@createonce/verifier'
import { ageText } from './age-text.ts'
import { change } from './change.ts'
import { confirm } from './confirm.ts'
import type { Hash } from './create-hash.ts'
import type { KeysFlags } from './keys-flags.ts'
import { nameKey } from './name-key.ts'
import type { Audit } from './open-audit.ts'

/** `createonce keys release`: lets one key go whose owner is gone; 1 where there was nothing to let go. */
export async function releaseKey(
  records: KeyRecords,
  given: string | undefined,
  flags: KeysFlags,
  { hash, audit }: { readonly hash: Hash; readonly audit: Audit },
): Promise<number> {
  const name = await nameKey(records, given, flags, hash)
  const record = name && (await records.find(name))
  if (name === undefined || record === undefined) return refuse('absent', 'nothing is known of this key.', flags)
  if (record.state === 'completed' || record.state === 'expired') {
    return refuse('finished', 'this key has a recorded answer, which its retries get.', flags)
  }
  if (record.state === 'in-flight') {
    return refuse('running', 'its owner is alive and at work. It ends, or its lease does.', flags)
  }
  await confirm(
    `Release this ${record.state} key of ${neutralise(name.operation)}? What its first attempt did is unknown, and the next retry will execute again.`,
    flags.yes === true,
  )
  const what = { what: 'release', store: records.name, operation: name.operation }
  const hashes = {
    hashes: hash.isLogged ? 'log-secret' : 'random',
    principal: hash(name.principal),
    key: hash(name.key),
  }
  const released = await change(
    audit,
    { ...what, ...hashes },
    () => records.release(name),
    ({ kind }) => ({ outcome: kind }),
  )
  if (released.kind === 'running') {
    return refuse('running', `somebody took it over; the lease runs for ${ageText(released.leaseMs)}.`, flags)
  }
  if (released.kind !== 'released') return refuse(released.kind, 'it ended meanwhile.', flags)
  if (flags.json === true) print('released')
  else process.stdout.write('Released: the next request with this key will be executed.\n')
  return 0
}

function refuse(outcome: string, why: string, { json }: KeysFlags): number {
  process.stderr.write(`Nothing was released: ${why}\n`)
  if (json === true) print(outcome)
  return 1
}

function print(outcome: string): void {
  process.stdout.write(`${JSON.stringify({ schemaVersion: 1, outcome }, null, 2)}\n`)
}
