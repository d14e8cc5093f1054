/**
 * The test runner's functions, passed in: vitest, jest, `node:test` and mocha all have them.
 *
 * @example
 * import { afterEach, beforeEach, describe, it } from 'vitest'
 * describeStore(harness, { afterEach, beforeEach, describe, it })
 */
export interface Runner {
  describe(name: string, body: () => void): unknown
  it(name: string, body: () => Promise<void>): unknown
  beforeEach(hook: () => Promise<void>): unknown
  afterEach(hook: () => Promise<void>): unknown
}
