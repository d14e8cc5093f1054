import { type Report, type VerifyOptions, verify } from '@createonce/verifier'
import { Interrupted } from './interrupted.ts'
import { createProgress } from './progress.ts'

/**
 * Runs the verifier to its end and shows on standard error how far it is. Ctrl-C and SIGTERM stop it after the check
 * that is running and delete what was created; a second signal ends the process at once.
 */
export async function runVerify(options: VerifyOptions): Promise<Report> {
  const progress = createProgress(process.stderr)
  const run = verify(options)
  let isInterrupted = false
  const interrupt = (): void => {
    if (isInterrupted) process.exit(3)
    isInterrupted = true
    progress.say('Stopping, and deleting what was created; once more leaves it there …')
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, interrupt)
  try {
    let step = await run.next()
    while (!step.done) {
      if (isInterrupted) {
        await run.return(undefined as never)
        throw new Interrupted()
      }
      progress.show(step.value)
      step = await run.next()
    }
    return step.value
  } finally {
    progress.end()
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.off(signal, interrupt)
  }
}
