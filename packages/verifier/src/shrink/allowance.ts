import type { Client } from '../http/client.ts'
import { guardedClient } from '../http/guarded-client.ts'
import { RequestsSpent } from '../http/recorder.ts'

/** A part of a run's requests and time, given anew for each purpose. */
export interface Allowance {
  /** The run's client, which sends no more than was granted. */
  readonly client: Client
  /** Waits, unless that takes longer than was granted. */
  sleep(ms: number): Promise<void>
  /** From now on so many requests, within so many milliseconds. */
  grant(requests: number, ms: number): void
  readonly spent: boolean
}

/** Makes an allowance, of nothing at first; `now` counts milliseconds. */
export function createAllowance(
  client: Client,
  sleep: (ms: number) => Promise<void>,
  now: () => number = () => performance.now(),
): Allowance {
  let granted = 0
  let left = 0
  let end = 0
  const take = (requests: number): void => {
    if (requests > left || now() >= end) {
      left = 0
      throw new RequestsSpent(granted)
    }
    left -= requests
  }
  return {
    client: guardedClient(client, (requests) => take(requests.length)),
    async sleep(ms) {
      if (now() + ms >= end) take(Number.POSITIVE_INFINITY)
      await sleep(ms)
    },
    grant(requests, ms) {
      granted = requests
      left = requests
      end = now() + ms
    },
    get spent() {
      return left <= 0 || now() >= end
    },
  }
}
