import { AssertionError } from 'node:assert'
import type { Report } from '../../report/report.ts'

/** What `verifyApp` throws where there are findings, or where nothing could be judged. */
export class VerificationFailure extends AssertionError {
  /** The whole report, where the run came to one. */
  readonly report: Report | undefined

  constructor(message: string, report?: Report, cause?: unknown) {
    super({ message })
    this.report = report
    if (cause !== undefined) this.cause = cause
  }
}
