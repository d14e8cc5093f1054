import { createOnce, type Outcome } from '../../src/idempotency/once.ts'
import { createReplayCache } from '../../src/idempotency/replay-cache.ts'
import type { Claim, Session, Settlement, Store } from '../../src/idempotency/store.ts'
import type { Time } from '../../src/idempotency/time.ts'

/** The state machine over a store, as a creation puts them together; without a cache, so that the store is asked. */
export function onceOver<Tx>(store: Store<Tx>, { waitMs, time }: { waitMs: number; time: Time }) {
  const once = createOnce({ waitMs, time, cache: createReplayCache({ maxBytes: 0, time }) })
  return async <Result>(
    claim: Claim,
    isSame: (recorded: string) => boolean,
    work: (session: Session<Tx>) => Promise<Settlement<Result>>,
  ): Promise<Outcome<Result>> => {
    const { fingerprint } = claim
    return once(
      { id: `${claim.scope}\n${claim.key}`, fingerprint, isSame, known: undefined, asked: () => undefined },
      () => store.once(claim, work),
    )
  }
}
