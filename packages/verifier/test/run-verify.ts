import { loadTarget, type Report, type RunEvent, type Target, type VerifyOptions, verify } from '../src/index.ts'

/** Runs the verifier to its end; nothing waits for real time, and the seed is printed when a test fails. */
export async function runVerify(
  document: string,
  options: Omit<VerifyOptions, 'target'> = {},
): Promise<{ report: Report; events: RunEvent[] }> {
  return await verifyTarget(await loadTarget(document), options)
}

/** The same for a target that is understood already. */
export async function verifyTarget(
  target: Target,
  options: Omit<VerifyOptions, 'target'> = {},
): Promise<{ report: Report; events: RunEvent[] }> {
  const run = verify({ target, sleep: async () => {}, seed: 7, ...options })
  const events: RunEvent[] = []
  for (;;) {
    const step = await run.next()
    if (step.done) return { report: step.value, events }
    events.push(step.value)
  }
}

/** The verdicts that are not green, as `check operation verdict: message`. */
export function notGreen(report: Report): string[] {
  return report.results
    .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
    .map(
      ({ check, operation, verdict, message }) => `${check} ${operation} ${verdict}: ${message} (seed ${report.seed})`,
    )
}
