import { controlStatement } from './control-statement.ts'
import { databaseError, meaningOf } from './database-error.ts'

/** Watches over the author's handle on one transaction, whichever library's interface it has. */
export interface Guard {
  /** Throws for a statement after the end of the transaction, and for one that would end it. */
  permit(text: string): void
  /** Notes that a statement was sent; the returned function notes how it ended. */
  track(): (error?: unknown) => void
  /** Resolves when no statement of the author's is running. */
  settled(): Promise<void>
  /** Ends the handle. */
  end(): void
  /** Whether the author has sent nothing yet. */
  isUnused(): boolean
  /** The error of the last statement that failed by itself, not by the failure of one before it. */
  failure(): unknown
}

/** Makes a guard for a transaction that has just begun. */
export function createGuard(): Guard {
  let isOpen = true
  let isUnused = true
  let running = 0
  let failure: unknown
  let idle: (() => void)[] = []

  return {
    permit(text) {
      if (!isOpen) {
        throw new Error('This transaction has ended: await everything before create() returns, and do not keep tx.')
      }
      const control = controlStatement(text)
      if (control === undefined) return
      throw new Error(
        `create() must not run ${control}: the library ends the transaction, so that rows and key are kept together.`,
      )
    },
    track() {
      isUnused = false
      running += 1
      let isRunning = true
      return (error) => {
        if (!isRunning) return
        isRunning = false
        if (error !== undefined && meaningOf(databaseError(error)) !== 'aborted') failure = error
        running -= 1
        if (running > 0) return
        for (const resolve of idle) resolve()
        idle = []
      }
    },
    settled: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
    end() {
      isOpen = false
    },
    isUnused: () => isUnused,
    failure: () => failure,
  }
}
