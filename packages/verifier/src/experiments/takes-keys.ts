import type { Operation } from './operation.ts'

/** Tells whether the operation is known to take idempotency keys. */
export function takesKeys({ creation }: Pick<Operation, 'creation'>): boolean {
  const policy = creation.policy.idempotency?.value
  return policy === 'optional' || policy === 'required'
}
