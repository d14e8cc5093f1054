import type { MaybePromise } from '../../idempotency/and-then.ts'
import type { Signal } from '../../idempotency/signal.ts'
import type { Attempted, Claim, Claimed, CrashPolicy, Session, Settlement } from '../../idempotency/store.ts'
import { UnknownOutcomeError } from '../../idempotency/store-errors.ts'
import { createAttempt } from './attempt.ts'
import type { RunScript } from './create-script-runner.ts'
import { holdLease, type Lease } from './hold-lease.ts'
import type { CompleteSettings } from './settings.ts'

/**
 * Reserves the claim, runs the work while the reservation is kept, and records what came of it.
 *
 * Where another attempt has taken over meanwhile, this one has run too late, and the record is the other's: the caller
 * gets what the record says, so that everybody hears of one resource.
 */
export async function executeLeased<Result>(
  runScript: RunScript,
  claim: Claim & { readonly onCrash: CrashPolicy },
  work: (session: Session<undefined>) => MaybePromise<Settlement<Result>>,
  settings: CompleteSettings,
): Promise<Claimed<Result>> {
  const attempt = createAttempt(runScript, claim, settings)
  const reserved = await attempt.reserve()
  if (reserved.kind !== 'acquired') return reserved

  const lease = holdLease(attempt.renew, settings)
  let settlement: Settlement<Result>
  try {
    settlement = await work(new LeasedSession(lease))
  } catch (error) {
    lease.end()
    if (!(error instanceof UnknownOutcomeError)) {
      await attempt.free()
      throw error
    }
    await attempt.abandon()
    if (claim.onCrash === 'rerun') throw error
    return { kind: 'blocked', fingerprint: claim.fingerprint, cause: error }
  }
  lease.end()
  if (settlement.kind === 'commit') {
    const completed = await attempt.complete(settlement.answer)
    if (completed.kind !== 'completed') return completed
  } else await attempt.free()
  return { kind: 'executed', result: settlement.result }
}

/** What the work gets: no transaction, so nothing of a step can be undone, and what it throws is thrown on. */
export class LeasedSession implements Session<undefined> {
  readonly tx = undefined
  readonly #lease: Lease | undefined

  constructor(lease?: Lease) {
    this.#lease = lease
  }

  get signal(): Signal | undefined {
    return this.#lease?.signal
  }

  async attempt<T>(step: () => MaybePromise<T>): Promise<Attempted<T>> {
    return { kind: 'done', value: await step() }
  }
}
