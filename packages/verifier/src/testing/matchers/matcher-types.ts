import type { CreatedExpectation } from '../assertions/created-expectation.ts'
import type { ProblemExpectation } from '../assertions/expect-problem.ts'
import type { ReplayExpectation } from '../assertions/expect-replay-of.ts'

/** What `expect(response)` has once `expect.extend(creationMatchers)` was called. All wait, so they are awaited. */
export interface CreationMatchers {
  /** 201, one valid Location, a Content-Type where there is a body, and what is expected besides (RFC 9110 §9.3.3). */
  toBeCreated(expected?: CreatedExpectation): Promise<void>
  /** A problem (RFC 9457) with this code, this status, or these pointers. */
  toBeProblem(expected?: ProblemExpectation): Promise<void>
  /** The answer of another response again, as a retry with the same Idempotency-Key gets it. */
  toBeReplayOf(first: unknown, expected?: ReplayExpectation): Promise<void>
}
