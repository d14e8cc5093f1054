import type { Target } from '../target/target.ts'

/**
 * The target with a key on every create that may have one: the first create can then be retried as it is, which saves
 * the requests that try how keys are spelled, and a create with a key.
 */
export function withKeys(target: Target): Target {
  return {
    ...target,
    creations: target.creations.map((creation) => {
      const { idempotency } = creation.policy
      if (idempotency?.value !== 'optional') return creation
      return { ...creation, policy: { ...creation.policy, idempotency: { ...idempotency, value: 'required' } } }
    }),
  }
}
