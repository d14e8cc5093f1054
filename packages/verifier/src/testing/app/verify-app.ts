import type { Report } from '../../report/report.ts'
import { type App, startApp } from './start-app.ts'
import type { VerifyAppOptions } from './verify-app-options.ts'

/**
 * Judges every creation of an app by experiment: lets it answer on a free port of 127.0.0.1, runs the verifier, deletes
 * what was created, and ends what it started, also where it fails. The app itself stays open, and is the test's to close.
 *
 * @returns the report, where no finding is at or above `failOn` and everything could be judged.
 * @throws VerificationFailure (an AssertionError) with the report as text otherwise; TypeError for what is no app;
 * `UnknownName` for a check or an operation that does not exist.
 * @example
 * test('creations do what they promise', async () => {
 *   await verifyApp(app)
 * })
 */
export async function verifyApp(app: App, options: VerifyAppOptions = {}): Promise<Report> {
  // Loading the verifier takes longer than all assertions of a suite, which do without it.
  const [{ verify }, { targetOfApp }, { toFailure, fromTargetError }, { TargetError }] = await Promise.all([
    import('../../run/verify.ts'),
    import('./target-of-app.ts'),
    import('./to-failure.ts'),
    import('../../target/target-error.ts'),
  ])
  const { headers = {}, otherHeaders, failOn = 'warning', document: _, example: __, ...limits } = options
  const { baseUrl, close } = await startApp(app)
  try {
    const target = await targetOfApp(baseUrl, options).catch((error: unknown) => {
      throw error instanceof TargetError ? fromTargetError(error) : error
    })
    const run = verify({
      ...limits,
      target,
      headers: Object.entries(headers),
      ...(otherHeaders !== undefined && { otherHeaders: Object.entries(otherHeaders) }),
    })
    let step = await run.next()
    while (!step.done) step = await run.next()
    const failure = toFailure(step.value, failOn)
    if (failure !== undefined) throw failure
    return step.value
  } finally {
    await close()
  }
}
