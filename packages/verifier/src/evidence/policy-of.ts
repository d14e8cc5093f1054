import type { Operation } from '../experiments/operation.ts'
import type { DuplicatePolicy } from '../target/target.ts'
import { skip, type Verdict } from './verdict.ts'

/** Whether keys apply, and whether the operation says so or we conclude it. */
export type KeyPolicy =
  | { readonly kind: 'keys'; readonly value: 'optional' | 'required'; readonly inferred: boolean }
  | { readonly kind: 'none'; readonly verdict: Verdict }

/** The operation's policy about idempotency keys, or the verdict of a check that needs one. */
export function keyPolicyOf({ creation }: Operation): KeyPolicy {
  const policy = creation.policy.idempotency
  if (policy === undefined) {
    return {
      kind: 'none',
      verdict: skip('neither the document nor an option says that the operation takes idempotency keys'),
    }
  }
  if (policy.value === 'off')
    return { kind: 'none', verdict: skip(`the operation takes no idempotency keys (${policy.why})`) }
  return { kind: 'keys', value: policy.value, inferred: policy.from === 'inferred' }
}

/** What becomes of duplicates by the operation's policy, and whether it says so or we conclude it. */
export type UniquePolicy =
  | {
      readonly kind: 'known'
      readonly value: DuplicatePolicy
      readonly naturalKey: readonly string[]
      readonly inferred: boolean
      readonly why: string
    }
  | { readonly kind: 'unknown'; readonly verdict: Verdict }

/** The operation's policy about duplicates, or the verdict of a check that needs one. */
export function uniquePolicyOf({ creation }: Operation): UniquePolicy {
  const { duplicates, naturalKey } = creation.policy
  if (naturalKey === undefined) {
    return {
      kind: 'unknown',
      verdict: skip('nothing says which members make two resources the same one (x-creation naturalKey, or --unique)'),
    }
  }
  if (duplicates === undefined) {
    return {
      kind: 'unknown',
      verdict: skip('nothing says what happens to a duplicate (x-creation duplicates, or --duplicates)'),
    }
  }
  const inferred = duplicates.from === 'inferred' || naturalKey.from === 'inferred'
  const why = [
    ...new Set([naturalKey, duplicates].filter(({ from }) => from === 'inferred').map((one) => one.why)),
  ].join('; ')
  return { kind: 'known', value: duplicates.value, naturalKey: naturalKey.value, inferred, why }
}

/**
 * Lowers a finding that rests on an inference: it is no more than a warning, and says what it rests on.
 */
export function tempered(verdict: Verdict, inferred: boolean, why = ''): Verdict {
  if (verdict.kind !== 'fail' || !inferred) return verdict
  const message = why === '' ? verdict.message : `${verdict.message} (This rests on an inference: ${why}.)`
  return { ...verdict, message, level: verdict.level === 'note' ? 'note' : 'warning' }
}
