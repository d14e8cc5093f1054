import type { MaybePromise } from '../../idempotency/and-then.ts'
import type { Claim, Claimed, CrashPolicy, Session, Settlement } from '../../idempotency/store.ts'
import { UnknownOutcomeError } from '../../idempotency/store-errors.ts'
import { createAttempt } from './attempt.ts'
import type { Driver } from './driver.ts'
import { holdLease } from './hold-lease.ts'
import type { CompleteSettings } from './settings.ts'

/**
 * Reserves the claim, runs the work while the reservation is kept, and records what came of it.
 *
 * Where another attempt has taken over meanwhile, this one has run too late, and the record is the other's: the caller
 * gets what the record says, so that everybody hears of one resource.
 */
export async function executeLeased<Result>(
  driver: Driver,
  claim: Claim & { readonly onCrash: CrashPolicy },
  work: (session: Session<undefined>) => MaybePromise<Settlement<Result>>,
  settings: CompleteSettings,
): Promise<Claimed<Result>> {
  const attempt = createAttempt(driver, claim, settings)
  const reserved = await attempt.reserve()
  if (reserved.kind !== 'acquired') return reserved

  const lease = holdLease(attempt.renew, settings)
  let settlement: Settlement<Result>
  try {
    settlement = await work(leasedSession(lease.signal))
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

/** No transaction, so nothing of a step can be undone: what it throws is thrown on. */
export function leasedSession(signal?: AbortSignal): Session<undefined> {
  return {
    tx: undefined,
    attempt: async (step) => ({ kind: 'done', value: await step() }),
    ...(signal !== undefined && { signal }),
  }
}
