import { randomUUID } from 'node:crypto'
import type { Claim, Claimed, CrashPolicy, RecordedAnswer } from '../../idempotency/store.ts'
import { askUntilKnown } from './ask-until-known.ts'
import { claimKey } from './claim-key.ts'
import type { RunScript } from './create-script-runner.ts'
import { type Script, scripts } from './scripts.ts'
import type { CompleteSettings } from './settings.ts'

/** What another attempt has come to. */
export type Other = Extract<Claimed<never>, { kind: 'recorded' | 'in-flight' | 'blocked' }>

/** One attempt to execute a claim; Redis knows it by a random name, which is its fencing token. */
export interface Attempt {
  reserve(): Promise<{ readonly kind: 'acquired' } | Other>
  renew(): Promise<'renewed' | 'lost'>
  /** Records the answer, unless another attempt has taken over. */
  complete(answer: RecordedAnswer): Promise<{ readonly kind: 'completed' } | Other>
  /** Nothing was done: the key is free. Never throws: where Redis is away, the lease ends by itself. */
  free(): Promise<void>
  /** Nobody knows what was done: the lease ends now. Never throws. */
  abandon(): Promise<void>
}

/** Prepares an attempt. */
export function createAttempt(
  runScript: RunScript,
  claim: Claim & { readonly onCrash: CrashPolicy },
  settings: CompleteSettings,
): Attempt {
  const { prefix, leaseMs, answerMs, settleMs, redisNow } = settings
  const { scope, key, fingerprint, onCrash, retentionMs } = claim
  const owner = randomUUID()
  const name = claimKey(prefix, claim)
  const [lease, retention] = [String(leaseMs), String(retentionMs)]

  const run = (script: Script, args: readonly string[]): Promise<readonly string[]> =>
    runScript(script, name, args, redisNow === undefined ? '' : String(redisNow()))
  const ask = (script: Script, args: readonly string[], patienceMs: number): Promise<readonly string[]> =>
    askUntilKnown(() => run(script, args), { ...settings, answerMs, patienceMs })

  async function reserve(successorOf = ''): ReturnType<Attempt['reserve']> {
    const args = [owner, fingerprint, onCrash, lease, retention, successorOf, scope, key]
    let reply: readonly string[]
    try {
      reply = await ask(scripts.reserve, args, answerMs)
    } catch (error) {
      // It may be executed yet, from the queue of a client that waits for its connection. Nobody would run under that
      // reservation and everybody would take it for a crash, so it is undone right behind.
      void run(scripts.free, [owner]).catch(() => {})
      throw error
    }
    if (reply[0] === 'acquired') return { kind: 'acquired' }
    if (reply[0] !== 'lapsed') return otherOf(reply)
    const [, recorded, late] = reply as [string, string, string]
    // The texts differ, which another version of the fingerprint explains as well as another request. Only the one
    // that was seen here is succeeded: meanwhile somebody else may have.
    if (claim.isSame?.(recorded) === true) return reserve(late)
    return { kind: 'in-flight', fingerprint: recorded, retryAfterMs: leaseMs }
  }

  async function settle(script: Script): Promise<void> {
    await ask(script, [owner], settleMs).catch(() => {})
  }

  return {
    reserve: () => reserve(),
    async renew() {
      const [renewed] = await askUntilKnown(() => run(scripts.renew, [owner, lease, retention]), {
        ...settings,
        answerMs: Math.min(answerMs, leaseMs),
        patienceMs: 0,
      })
      return renewed as 'renewed' | 'lost'
    },
    async complete(answer) {
      const args = [owner, fingerprint, JSON.stringify(answer), retention, scope, key]
      const reply = await ask(scripts.complete, args, settleMs)
      return reply[0] === 'completed' ? { kind: 'completed' } : otherOf(reply)
    },
    free: () => settle(scripts.free),
    abandon: () => settle(scripts.abandon),
  }
}

function otherOf([kind, fingerprint, ...rest]: readonly string[]): Other {
  switch (kind) {
    case 'recorded':
      return {
        kind,
        fingerprint: fingerprint!,
        answer: JSON.parse(rest[0]!) as RecordedAnswer,
        expiresAt: Number(rest[1]),
      }
    case 'running':
      return { kind: 'in-flight', fingerprint: fingerprint!, retryAfterMs: Number(rest[0]) }
    case 'blocked':
      return { kind, fingerprint: fingerprint! }
    default:
      throw new Error(`A script in Redis answered ${kind}.`)
  }
}
