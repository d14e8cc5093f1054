import type { Check } from '../checks/check.ts'
import type { HeaderLine } from '../exchange/exchange.ts'
import type { GuidelineName } from '../guidelines/guidelines.ts'
import type { Recording } from '../recording/recording.ts'
import type { ApiProcess } from '../start/launch.ts'
import type { Target } from '../target/target.ts'

/** What to verify, and within which limits. */
export interface VerifyOptions {
  readonly target: Target
  /** Check ids to run. @default all */
  readonly checks?: readonly string[]
  readonly skipChecks?: readonly string[]
  /** Checks of the user's own, run beside the others; throws {@link InvalidCheck} where one is none. */
  readonly ownChecks?: readonly Check[]
  /**
   * Milliseconds for one judgement of a check of the user's own, without what experiments of ours take; past it, the
   * check has the verdict `error` and is not run again. @default 60000
   */
  readonly ownCheckMs?: number
  /** What is judged by, where guidelines disagree or ask for more than the standards. @default 'rfc' */
  readonly guidelines?: GuidelineName
  /** Operations to judge, by operationId or as `POST /orders`. @default all */
  readonly operations?: readonly string[]
  /** Header lines for every request to the target; their values are masked in reports. */
  readonly headers?: readonly HeaderLine[]
  /** Credentials of a second principal; masked in reports. */
  readonly otherHeaders?: readonly HeaderLine[]
  /** Makes the generated values reproducible. @default random */
  readonly seed?: number
  /** Milliseconds for one request. @default 10000 */
  readonly timeoutMs?: number
  /** Simultaneous requests in a race. @default 10 */
  readonly races?: number
  /**
   * Requests of one operation that may be under way at once where that disturbs no observation: those that are to be
   * refused, and reads. Verdicts do not depend on it. @default 4
   */
  readonly concurrency?: number
  /** Requests in the whole run, those that clean up not counted. @default 5000 */
  readonly maxRequests?: number
  /**
   * Repeats what was found with smaller requests, to show the smallest: at most 40 requests and 1.5 s for each
   * finding, and none once half of `maxRequests` are sent. @default true
   */
  readonly shrink?: boolean
  /** Requests a second. @default no limit */
  readonly rate?: number
  /** Which exchanges the report has: those that a result points to, or all of the run. @default 'cited' */
  readonly exchanges?: 'cited' | 'all'
  /**
   * A command line that starts the API, or the API as it was launched: the run may kill it with SIGKILL and start it
   * again, which is what the checks about crashes need. What the run started itself it stops at its end.
   * Throws {@link StartError} when it cannot be started.
   */
  readonly start?: string | ApiProcess
  /** Also sends what looks like an attack: a spoofed Host, line breaks meant for headers, content of 16 MiB. @default false */
  readonly hostile?: boolean
  /**
   * Recorded traffic to be judged instead of the target: then nobody is called. Headers, limits and the seed are not
   * used; what the recording does not show is inconclusive.
   */
  readonly recording?: Recording
  /**
   * Sends nothing but GET, HEAD and OPTIONS: what they show is judged, and what takes a creation is inconclusive.
   * `start`, `hostile` and `otherHeaders` are not used. @default false
   */
  readonly readOnly?: boolean
  /** Goes into the report. */
  readonly profile?: string
  /**
   * Stops the run when it is aborted: at the next request, which is not sent. What was created is deleted, and the
   * report tells what was found out until then; operations that were not finished are not judged.
   */
  readonly signal?: AbortSignal
  /** The clock of the report. */
  readonly now?: () => Date
  /** How to wait between retries. */
  readonly sleep?: (ms: number) => Promise<void>
}
