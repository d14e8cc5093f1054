import { type Report, type VerifyOptions, verify } from '@createonce/verifier'
import { createProgress } from './progress.ts'

/** Runs the verifier to its end and shows on standard error how far it is. */
export async function runVerify(options: VerifyOptions): Promise<Report> {
  const progress = createProgress(process.stderr)
  const run = verify(options)
  try {
    let step = await run.next()
    while (!step.done) {
      progress.show(step.value)
      step = await run.next()
    }
    return step.value
  } finally {
    progress.end()
  }
}
