import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A process of its own that speaks in lines. */
export interface StoreProcess {
  /** The next thing that it says. */
  heard(): Promise<unknown>
  /** Lets it go on. */
  go(): void
  /** SIGKILL: nothing of the process runs any more. */
  kill(): Promise<void>
  /** SIGSTOP: nothing of it runs until SIGCONT, and it does not know. */
  freeze(): void
  thaw(): void
  /** Its exit code. */
  readonly ended: Promise<number | null>
}

/** Starts a process of `sqlite-process.mjs` on a file; `list` is its keys, joined by commas. */
export function startProcess(mode: 'create' | 'open' | 'hang' | 'acknowledge', file: string, list = ''): StoreProcess {
  return startScript(new URL('sqlite-process.mjs', import.meta.url), mode, file, list)
}

/** Starts a script with its options. */
export function startScript(script: URL, mode: string, ...options: readonly string[]): StoreProcess {
  const child = spawn(process.execPath, [fileURLToPath(script), mode, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return {
    async heard() {
      const { value, done } = await lines.next()
      if (done) throw new Error(`The process (${mode}) ended with ${await ended} before it said anything.`)
      return JSON.parse(value as string)
    },
    go: () => void child.stdin.write('go\n'),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    ended,
  }
}
