import type { RunEvent } from '@createonce/verifier'

/** Tells how far a run is. */
export interface Progress {
  show(event: RunEvent): void
  end(): void
}

/** One line that is written over on a terminal; one line per operation elsewhere, where nothing can be written over. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  let total = 0
  let done = 0
  let findings = 0
  const line = stream.isTTY
    ? (text: string) => stream.write(`\r\u001b[K${text.slice(0, (stream.columns ?? 80) - 1)}`)
    : () => {}

  return {
    show(event) {
      switch (event.kind) {
        case 'started':
          total = event.operations.length * event.checks.length
          stream.write(
            `Verifying ${event.operations.length} creations with ${event.checks.length} checks, seed ${event.seed}\n`,
          )
          break
        case 'check-finished':
          done += 1
          if (event.verdict === 'fail') findings += 1
          line(`${done} of ${total} verdicts, ${findings} findings · ${event.operation}: ${event.check}`)
          break
        case 'operation-finished':
          if (!stream.isTTY) stream.write(`${event.operation}: ${event.judged ? 'judged' : 'could not be judged'}\n`)
          break
        case 'cleaning-up':
          line(`Deleting ${event.made} resources that the run created …`)
          break
        default:
      }
    },
    end() {
      line('')
    },
  }
}
