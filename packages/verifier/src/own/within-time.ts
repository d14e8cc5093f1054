import type { Check } from '../checks/check.ts'
import type { Ask, Experiment } from '../experiments/experiment.ts'
import { RunStopped } from '../http/recorder.ts'
import { experiments } from './experiments.ts'

// One request may take 10 s, and a check rarely needs more than a few of its own; a person still waits for a minute.
const usualMs = 60_000

/** What ends the waiting for a check of the user's own. */
export interface OwnBounds {
  /** Milliseconds for one judgement. @default 60_000 */
  readonly ownCheckMs?: number
  readonly signal?: AbortSignal
}

/** Thrown for a check of the user's own that did not end. */
class NeverEnded extends Error {
  override readonly name = 'NeverEnded'
}

const bounded: ReadonlySet<unknown> = new Set(Object.values(experiments))

/**
 * A check of the user's own that nobody waits for without end: after its time it throws, which is its own `error`, and
 * is not run again, for what hung once would hang at every operation. The time stands still while it waits for an
 * experiment of ours: those end by themselves, and how long they take is the target's doing, or that of `rate`.
 */
export function withinTime(check: Check, { ownCheckMs = usualMs, signal }: OwnBounds): Check {
  let hung: NeverEnded | undefined
  return {
    ...check,
    async run(ask, operation) {
      if (hung !== undefined) throw new NeverEnded(`${hung.message}; it was not run again`)
      if (signal?.aborted) throw new RunStopped()
      let end: (reason: Error) => void = () => {}
      const ended = new Promise<never>((_, reject) => {
        end = reject
      })
      let isOver = false
      let left = ownCheckMs
      let since = performance.now()
      let timer: NodeJS.Timeout | undefined
      let asked = 0
      const giveUp = () => {
        hung = new NeverEnded(`the check ${check.id} did not end within ${ownCheckMs / 1000} s`)
        end(hung)
      }
      const go = () => {
        since = performance.now()
        timer = setTimeout(giveUp, left)
      }
      const halt = () => {
        clearTimeout(timer)
        left = Math.max(0, left - (performance.now() - since))
      }
      const timedAsk: Ask = async <T>(experiment: Experiment<T>) => {
        // Whoever was given up must not create anything behind the back of the report.
        if (isOver) throw hung ?? new RunStopped()
        if (!bounded.has(experiment)) return await ask(experiment)
        if (asked++ === 0) halt()
        try {
          return await ask(experiment)
        } finally {
          if (--asked === 0 && !isOver) go()
        }
      }
      const stop = () => end(new RunStopped())
      signal?.addEventListener('abort', stop, { once: true })
      go()
      try {
        return await Promise.race([check.run(timedAsk, operation), ended])
      } finally {
        isOver = true
        clearTimeout(timer)
        signal?.removeEventListener('abort', stop)
      }
    },
  }
}
