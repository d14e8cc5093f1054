import { expect } from 'vitest'
import { TargetError } from '../../src/target/target-error.ts'

/** The error about the target with which it ends. */
export async function errorOf(promise: Promise<unknown>): Promise<TargetError> {
  const error = await promise.then(
    () => undefined,
    (cause) => cause,
  )
  expect(error).toBeInstanceOf(TargetError)
  return error as TargetError
}
