import type { Cause } from './cause.ts'
import { causes } from './causes.ts'

const byCheck = new Map(causes.flatMap((cause) => cause.checks.map((check) => [check, cause])))

/** The cause that a check finds; undefined for a check that is not ours. */
export function causeOf(check: string): Cause | undefined {
  return byCheck.get(check)
}
