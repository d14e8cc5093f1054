/**
 * Asks `check` whether all is well; `false` where it rejects, throws, or does not answer within `limitMs` milliseconds. Who
 * asks while an answer is still awaited waits for that one: probes do not pile up on a database that does not answer.
 */
export function askInTime(
  check: () => Promise<void>,
  limitMs: number,
  failed: (error: unknown) => void,
): () => Promise<boolean> {
  let running: Promise<boolean> | undefined
  return async () => {
    running ??= ask().finally(() => {
      running = undefined
    })
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<false>((resolve) => {
      timer = setTimeout(resolve, limitMs, false)
    })
    try {
      return await Promise.race([running, tooLate])
    } finally {
      clearTimeout(timer)
    }
  }

  async function ask(): Promise<boolean> {
    try {
      await check()
      return true
    } catch (error) {
      failed(error)
      return false
    }
  }
}
