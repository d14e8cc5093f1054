import type { Report } from '../report/report.ts'
import type { RunEvent } from '../run/run-event.ts'
import { verifyReading } from '../run/verify-reading.ts'
import type { SmokeOptions } from './smoke-options.ts'
import { readingSteps } from './steps/reading-steps.ts'

/** The few reads that show a deployment works where nothing may be created. */
export function smokeReading(options: SmokeOptions): AsyncGenerator<RunEvent, Report> {
  return verifyReading({ ...options, ownChecks: readingSteps, checks: readingSteps.map(({ id }) => id) })
}
