import { andThen, type MaybePromise } from '../idempotency/and-then.ts'
import { compareFingerprint, fingerprintOf } from '../idempotency/fingerprint.ts'
import type { KeyInScope } from '../idempotency/key-in-scope.ts'
import type { Outcome } from '../idempotency/once.ts'
import type { CachedRecord } from '../idempotency/replay-cache.ts'
import type { Claim } from '../idempotency/store.ts'
import { askedBy } from '../idempotency/verbatim.ts'
import type { Handled } from './handled.ts'
import type { Pending } from './pending.ts'
import type { Plan } from './plan.ts'
import { refuseKey } from './refuse-key.ts'

/** Executes a request with a key at most once, and says what the key came to. */
export function performKeyed<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  known: Omit<Pending<Native>, 'claim'>,
  keyed: KeyInScope,
  remembered: CachedRecord | undefined,
): MaybePromise<Handled> {
  const { request, body, principal, seen } = known
  const canonical = body.canonical()
  if (canonical.kind === 'rejected') {
    return canonical.code === 'invalid-input' ? { ...canonical, status: plan.invalidStatus } : canonical
  }
  const parts = { method: request.method, path: request.path, query: request.query, canonicalBody: canonical.text }
  const fingerprint = fingerprintOf(parts)
  // A version that this process does not know was written by a newer one: it can't be compared, and a retry must
  // not be called reuse, so the key alone decides.
  const isSame = (recorded: string): boolean =>
    recorded === fingerprint || compareFingerprint(recorded, parts) !== 'different'
  const { scope, key } = keyed
  const { retentionMs } = plan
  const { onCrash } = plan.settings
  const claim: Claim =
    onCrash === undefined
      ? { scope, key, fingerprint, retentionMs }
      : { scope, key, fingerprint, retentionMs, onCrash, isSame }

  const outcome = plan.once<Handled>(
    { id: keyed.id, fingerprint, isSame, known: remembered, asked: () => askedBy(request) },
    () => plan.perform(plan, { request, body, principal, seen, claim }),
  )
  return andThen(outcome, (reached) => toHandled(plan, reached))
}

function toHandled<Input, Row, Tx, Native>(plan: Plan<Input, Row, Tx, Native>, outcome: Outcome<Handled>): Handled {
  switch (outcome.kind) {
    case 'executed':
      return outcome.result
    case 'replay':
      return { kind: 'answered', event: 'creation.replayed', answer: outcome.answer }
    default:
      return refuseKey(plan.reusedStatus, outcome)
  }
}
