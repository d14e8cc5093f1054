import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** A process of the example. */
export interface ExampleProcess {
  /** What it told when it was ready: the service its origin. */
  readonly ready: string
  /** Goes on to the next line of its log that matches. */
  logged(pattern: RegExp): Promise<string>
  /** SIGTERM: it ends what it does and goes. */
  stop(): Promise<void>
  /** SIGKILL, also of one that is gone: nothing of it runs any more. */
  kill(): Promise<void>
  readonly ended: Promise<void>
}

/** Starts `server.mjs` or `worker.mjs` of the example, which ends with this process at the latest. */
export async function startExample(script: string, env: Readonly<Record<string, string>>): Promise<ExampleProcess> {
  const child = fork(fileURLToPath(new URL(`../${script}`, import.meta.url)), {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    execArgv: [],
    silent: true,
  })
  // graphile-worker tells of failures on the other stream.
  const both = new PassThrough()
  for (const stream of [child.stdout!, child.stderr!]) stream.pipe(both, { end: false })
  child.once('close', () => both.end())
  const log: string[] = []
  const lines = createInterface({ input: both })[Symbol.asyncIterator]()
  const ended = once(child, 'exit').then(() => {})
  const [ready] = (await Promise.race([once(child, 'message'), ended.then(() => [])])) as [string?]
  if (ready === undefined) throw new Error(`${script} ended with ${child.exitCode} before it was ready.`)
  return {
    ready,
    async logged(pattern) {
      for (;;) {
        const { value, done } = await lines.next()
        if (done) throw new Error(`${script} ended before its log had a line like ${pattern}:\n${log.join('\n')}`)
        log.push(value as string)
        if (pattern.test(value as string)) return value as string
      }
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    ended,
  }
}
