import type { Exchange } from '../exchange/exchange.ts'
import { retryAfterMs } from './retry-after.ts'

/** The wait that a target asked for with 429, in which nobody sends anything. */
export interface BackOff {
  /** Waits until it is over. */
  rest(): Promise<void>
  /** Waits as the answer asks for, and says whether to ask again; `times` is how often that was done before. */
  isWorthWaiting(exchange: Exchange, times: number): Promise<boolean>
}

// Limits are by the minute as a rule; who is told to wait for longer should rather know of it.
const longestRetryMs = 60_000
// A target that refuses three times after the wait it asked for has a limit that waiting does not meet.
const mostRetries = 3
// How late a stopped run may notice it while it waits.
const restStepMs = 500

/**
 * Makes the back-off of one run.
 *
 * @param sleep - how to wait, so that tests need not.
 * @param now - milliseconds since 1970, for a Retry-After may be a date.
 * @param isStopped - whether the run was stopped: it waits for nothing then.
 */
export function createBackOff(
  sleep: (ms: number) => Promise<void>,
  now: () => number,
  isStopped: () => boolean,
): BackOff {
  let restUntil = 0

  const rest = async (): Promise<void> => {
    // In short steps, so that a run which is stopped does not wait to the end; counted down, for `sleep` may be a test's.
    for (let left = restUntil - now(); left > 0 && !isStopped(); left -= restStepMs)
      await sleep(Math.min(left, restStepMs))
  }

  return {
    rest,
    async isWorthWaiting({ response }: Exchange, times) {
      if (response?.status !== 429 || times >= mostRetries) return false
      const asked = retryAfterMs(response.headers, now())
      if (asked === undefined || asked > longestRetryMs) return false
      // Everybody waits: what others send meanwhile would be refused too, and count against us.
      restUntil = Math.max(restUntil, now() + asked)
      await rest()
      return !isStopped()
    },
  }
}
