import type { Report, RunEvent } from '@createonce/verifier'
import { createProgress } from './progress.ts'

/** The report of a run, which is partial where the run was interrupted. */
export interface EndedRun {
  readonly report: Report
  readonly isInterrupted: boolean
}

/**
 * Runs to the end and shows on standard error how far it is. Ctrl-C and SIGTERM stop it at the next request and delete
 * what was created; a second signal ends the process at once.
 */
export async function runToEnd(start: (signal: AbortSignal) => AsyncGenerator<RunEvent, Report>): Promise<EndedRun> {
  const progress = createProgress(process.stderr)
  const stop = new AbortController()
  const run = start(stop.signal)
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(3)
    stop.abort()
    progress.say('Stopping, and deleting what was created; once more leaves it there …')
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, interrupt)
  try {
    let step = await run.next()
    while (!step.done) {
      progress.show(step.value)
      step = await run.next()
    }
    const report = step.value
    // A signal while the last of it is deleted takes nothing from the report.
    return { report, isInterrupted: stop.signal.aborted && report.operations.some(({ judged }) => !judged) }
  } finally {
    progress.end()
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.off(signal, interrupt)
  }
}
