import { type VerifyOptions, verify } from '@createonce/verifier'
import { type EndedRun, runToEnd } from './run-to-end.ts'

/** Runs the verifier to its end. */
export function runVerify(options: VerifyOptions): Promise<EndedRun> {
  return runToEnd((signal) => verify({ ...options, signal }))
}
