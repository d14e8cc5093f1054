import { scopeOf } from '../../idempotency/scope.ts'
import type { KeyName, Released } from '../../idempotency/store.ts'
import { askUntilKnown } from './ask-until-known.ts'
import { claimKey } from './claim-key.ts'
import type { RunScript } from './create-script-runner.ts'
import { scripts } from './scripts.ts'
import type { CompleteSettings } from './settings.ts'

/** Lets an unfinished key go, for an operator who has found out what its attempt did. */
export async function releaseKey(
  runScript: RunScript,
  { principal, operation, key }: KeyName,
  settings: CompleteSettings,
): Promise<Released> {
  const { prefix, answerMs, redisNow } = settings
  const name = claimKey(prefix, { scope: scopeOf(principal, operation), key })
  const now = redisNow === undefined ? '' : String(redisNow())
  const [kind, , left] = await askUntilKnown(() => runScript(scripts.release, name, [], now), {
    ...settings,
    patienceMs: answerMs,
  })
  if (kind === 'running') return { kind, leaseMs: Number(left) }
  return { kind: kind as 'released' | 'finished' | 'absent' }
}
