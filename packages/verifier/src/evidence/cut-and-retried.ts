import { type CrashedCreation, crashes } from '../experiments/crashes.ts'
import type { Ask } from '../experiments/experiment.ts'
import type { Operation } from '../experiments/operation.ts'
import { keyPolicyOf } from './policy-of.ts'
import { type Survival, survivedOf } from './survived-of.ts'
import type { Verdict } from './verdict.ts'

/** What kills left of requests with keys, or the verdict of a check that needs it. */
export type CutAndRetried =
  | (Extract<Survival, { kind: 'survived' }> & {
      /** The requests that a kill cut and that were sent again with their key. */
      readonly retried: readonly CrashedCreation[]
      /** Whether it is only concluded that the operation takes keys. */
      readonly inferred: boolean
    })
  | { readonly kind: 'unknown'; readonly verdict: Verdict }

/** Evidence by kills about keys: there is none where the operation takes no keys, and none where there is none by kills. */
export async function cutAndRetried(ask: Ask, operation: Operation): Promise<CutAndRetried> {
  const policy = keyPolicyOf(operation)
  if (policy.kind === 'none') return { kind: 'unknown', verdict: policy.verdict }
  const evidence = survivedOf(await ask(crashes))
  if (evidence.kind === 'unknown') return evidence
  const retried = evidence.creations.filter(({ isCut, tries }) => isCut && tries.length > 1)
  return { ...evidence, retried, inferred: policy.inferred }
}
