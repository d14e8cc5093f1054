import { AssertionError } from 'node:assert'
import type { CreatedExpectation } from '../assertions/created-expectation.ts'
import { expectCreated } from '../assertions/expect-created.ts'
import { expectProblem, type ProblemExpectation } from '../assertions/expect-problem.ts'
import { expectReplayOf, type ReplayExpectation } from '../assertions/expect-replay-of.ts'

/** What a matcher tells its runner. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/**
 * The assertions as matchers, for `expect.extend` of vitest, jest and whatever has the same form; they wait, so they are
 * awaited. The types come with `@createonce/verifier/testing/vitest` or `@createonce/verifier/testing/jest`.
 *
 * @example
 * expect.extend(creationMatchers)
 * await expect(response).toBeCreated({ location: '/orders/{id}' })
 */
export const creationMatchers: {
  toBeCreated(received: unknown, expected?: CreatedExpectation): Promise<MatcherResult>
  toBeProblem(received: unknown, expected?: ProblemExpectation): Promise<MatcherResult>
  toBeReplayOf(received: unknown, first: unknown, expected?: ReplayExpectation): Promise<MatcherResult>
} = {
  toBeCreated: (received, expected) => judged('a creation', expectCreated(received, expected)),
  toBeProblem: (received, expected) => judged('this problem', expectProblem(received, expected)),
  toBeReplayOf: (received, first, expected) => judged('a replay', expectReplayOf(first, received, expected)),
}

async function judged(what: string, assertion: Promise<unknown>): Promise<MatcherResult> {
  try {
    await assertion
    return { pass: true, message: () => `The answer is ${what}, and was expected not to be.` }
  } catch (error) {
    // Wrong use is no verdict: `.not` must not make it pass.
    if (!(error instanceof AssertionError)) throw error
    return { pass: false, message: () => error.message }
  }
}
