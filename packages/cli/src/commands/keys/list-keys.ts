import type { KeyRecord, KeyRecords } from '@createonce/server/operator'
import { neutralise } from '@createonce/verifier'
import { ageText } from './age-text.ts'
import type { Hash } from './create-hash.ts'
import type { KeysFlags } from './keys-flags.ts'
import { shownKey } from './shown-key.ts'
import { tableText } from './table-text.ts'

const LIMIT = 50

/** `createonce keys list`: the keys that match, at most `--limit`. */
export async function listKeys(records: KeyRecords, flags: KeysFlags, hash: Hash, now: number): Promise<number> {
  const { limit = LIMIT, clear = false } = flags
  const found: KeyRecord[] = []
  let undated = 0
  let isMore = false
  search: for await (const page of records.pages()) {
    for (const record of page) {
      if (!matches(record, flags)) continue
      if (flags.olderThan !== undefined) {
        if (record.since === undefined) undated += 1
        if (record.since === undefined || record.since > now - flags.olderThan) continue
      }
      isMore = found.length === limit
      if (isMore) break search
      found.push(record)
    }
  }
  const shown = found.map((record) => shownKey(record, hash, clear))
  const hashes = hash.isLogged ? 'log-secret' : 'random'
  if (flags.json === true) {
    const document = { schemaVersion: 1, store: records.name, hashes, keys: shown, more: isMore, undated }
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
    return 0
  }
  const rows = found.map(({ since, expiresAt }, index) => {
    const { state, operation, status, principalHash, keyHash, principal, key } = shown[index]!
    return [
      state,
      operation,
      since === undefined ? '–' : ageText(now - since),
      expiresAt <= now ? 'past' : `in ${ageText(expiresAt - now)}`,
      String(status ?? '–'),
      principal ?? principalHash,
      key ?? keyHash,
    ].map((cell) => neutralise(cell))
  })
  const head = ['state', 'operation', 'age', 'expires', 'status', 'principal', 'key']
  process.stdout.write(rows.length === 0 ? 'No key matches.\n' : tableText([head, ...rows]))
  if (isMore) process.stderr.write(`There are more than ${limit}; --limit shows more of them.\n`)
  if (undated > 0) {
    process.stderr.write(`${undated} without a time were left out: ${records.name} does not keep when they began.\n`)
  }
  if (!hash.isLogged && !clear && rows.length > 0) {
    process.stderr.write('The hashes are of this run only; with --log-secret-env they are those of the log lines.\n')
  }
  return 0
}

function matches(record: KeyRecord, { operation, principal, state }: KeysFlags): boolean {
  if (state !== undefined && record.state !== state) return false
  if (operation !== undefined && record.operation !== operation) return false
  return principal === undefined || record.principal === principal
}
