/** Waits so that no more than a given number of requests start in a second. */
export type Pace = () => Promise<void>

/**
 * Makes a pace of evenly spaced starts.
 *
 * @param perSecond - requests a second; absent means without a limit.
 * @param now - milliseconds, monotonic.
 * @param sleep - how to wait, so that tests need not.
 */
export function createPace(
  perSecond: number | undefined,
  now: () => number,
  sleep: (ms: number) => Promise<void>,
): Pace {
  if (perSecond === undefined || !(perSecond > 0)) return async () => {}
  const gap = 1000 / perSecond
  let next = 0
  return async () => {
    const at = Math.max(now(), next)
    next = at + gap
    const wait = at - now()
    if (wait > 0) await sleep(wait)
  }
}
