import { neutralise, type RunEvent } from '@createonce/verifier'

/** Tells how far a run is. */
export interface Progress {
  show(event: RunEvent): void
  /** Says a sentence that stays. */
  say(text: string): void
  end(): void
}

/** One line that is written over on a terminal; one line per operation elsewhere, where nothing can be written over. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  let total = 0
  let done = 0
  let findings = 0
  const line = stream.isTTY
    ? (text: string) => stream.write(`\r\u001b[K${neutralise(text).slice(0, (stream.columns ?? 80) - 1)}`)
    : () => {}

  return {
    show(event) {
      switch (event.kind) {
        case 'started':
          total = event.operations.length * event.checks.length
          stream.write(
            `Verifying ${counted(event.operations.length, 'creation')} with ${counted(event.checks.length, 'check')}, seed ${event.seed}\n`,
          )
          break
        case 'check-finished':
          done += 1
          if (event.verdict === 'fail') findings += 1
          line(`${done} of ${total} verdicts, ${counted(findings, 'finding')} · ${event.operation}: ${event.check}`)
          break
        case 'operation-finished':
          if (stream.isTTY) break
          stream.write(`${neutralise(event.operation)}: ${event.judged ? 'judged' : 'could not be judged'}\n`)
          break
        case 'cleaning-up':
          line(`Deleting ${counted(event.made, 'resource')} that the run created …`)
          break
        default:
      }
    },
    say(text) {
      line('')
      stream.write(`${text}\n`)
    },
    end() {
      line('')
    },
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
