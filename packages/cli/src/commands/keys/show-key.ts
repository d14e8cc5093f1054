import { type FullKeyRecord, isSealed, type KeyRecords, readSealed } from '@createonce/server/operator'
import { neutralise } from '@createonce/verifier'
import type { Hash } from './create-hash.ts'
import type { KeysFlags } from './keys-flags.ts'
import { nameKey } from './name-key.ts'
import { shownKey } from './shown-key.ts'

/** `createonce keys show`: everything that is known of one key; 1 where nothing is. */
export async function showKey(
  records: KeyRecords,
  given: string | undefined,
  flags: KeysFlags,
  hash: Hash,
): Promise<number> {
  const name = await nameKey(records, given, flags, hash)
  const record = name && (await records.find(name))
  if (record === undefined) {
    process.stderr.write('Nothing is known of this key: it was never used, was released, or is past its retention.\n')
    if (flags.json === true) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, key: null }, null, 2)}\n`)
    return 1
  }
  const isClear = flags.clear === true
  const shown = { ...shownKey(record, hash, isClear), fingerprint: record.fingerprint, ...answerOf(record, isClear) }
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ schemaVersion: 1, store: records.name, key: shown }, null, 2)}\n`)
    return 0
  }
  for (const [label, value] of Object.entries(shown)) {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    process.stdout.write(`${label.padEnd(14)}${neutralise(text)}\n`)
  }
  if (record.state === 'blocked') {
    process.stderr.write(
      'Its owner is gone, and what it did is unknown. Find that out first; `createonce keys release` lets the next retry execute.\n',
    )
  }
  return 0
}

/** The answer: what is sealed stays so, and what is not is shown only where that was asked for. */
function answerOf({ answer }: FullKeyRecord, isClear: boolean): object {
  if (answer === undefined) return {}
  const { headers, body } = answer
  if (isSealed(body)) return { sealed: `with the key ${readSealed(body).keyId}; only the service can open it` }
  if (isClear) return { headers, ...(body !== undefined && { body }) }
  if (body === undefined) return { hidden: 'headers; no body was kept (--clear shows them)' }
  return { hidden: `headers and a body of ${Buffer.byteLength(body)} bytes (--clear shows them)` }
}
