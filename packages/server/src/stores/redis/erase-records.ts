import type { CompleteErasure } from '../../idempotency/erasure.ts'
import { scopesOf } from '../../idempotency/scope.ts'
import { askUntilKnown } from './ask-until-known.ts'
import type { RunScript } from './create-script-runner.ts'
import type { Driver } from './driver.ts'
import { scripts } from './scripts.ts'
import type { CompleteSettings } from './settings.ts'

/**
 * Deletes the finished records of a principal. Their names are digests, so all names that begin with the prefix are
 * looked through on every server, `batchSize` at a time, and each is asked for its scope: the cost is that of one GET
 * for every record that there is.
 */
export async function* eraseRecords(
  driver: Driver,
  runScript: RunScript,
  settings: CompleteSettings,
  { principal, batchSize }: CompleteErasure,
): AsyncGenerator<number> {
  const { prefix, answerMs } = settings
  const scopes = scopesOf(principal)
  const ask = <T>(question: () => Promise<T>): Promise<T> =>
    askUntilKnown(question, { ...settings, patienceMs: answerMs })

  // A client may put a prefix of its own (`keyPrefix` of ioredis) in front of names, which SCAN shows and does not take.
  const pattern = `*${prefix.replace(/[*?[\]\\^]/g, '\\$&')}{*}`
  const nameOf = (seen: unknown): string => String(seen).slice(String(seen).lastIndexOf(`${prefix}{`))

  async function eraseOne(name: string): Promise<number> {
    const scope = await ask(() => driver.send(name, ['HGET', name, 'scope']))
    if (!String(scope).startsWith(scopes)) return 0
    const [kind] = await ask(() => runScript(scripts.erase, name, [scopes]))
    return kind === 'erased' ? 1 : 0
  }

  for (const send of await ask(() => driver.primaries())) {
    let cursor = '0'
    do {
      const scan = ['SCAN', cursor, 'MATCH', pattern, 'COUNT', String(batchSize), 'TYPE', 'hash']
      const [next, seen] = (await ask(() => send(scan))) as [unknown, unknown[]]
      const erased = await Promise.all(seen.map((name) => eraseOne(nameOf(name))))
      yield erased.reduce((sum, one) => sum + one, 0)
      cursor = String(next)
    } while (cursor !== '0')
  }
}
