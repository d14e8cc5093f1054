import { probe } from './probe.ts'
import { type ProcessGroup, startGroup } from './process-group.ts'
import { StartError } from './start-error.ts'

/** The API as a process of ours: it may be killed at any moment, and started again. */
export interface ApiProcess {
  /** SIGKILL, at once; resolves when nobody answers any more, and throws {@link StartError} when somebody does. */
  kill(): Promise<void>
  /** Starts it, unless it runs, and waits until it answers; throws {@link StartError} when it does not. */
  start(): Promise<void>
  /** SIGTERM, and SIGKILL where that is not heard. */
  stop(): Promise<void>
}

/** Where the API answers once it is started. */
export interface LaunchOptions {
  /** Any URL of the API on this machine. */
  readonly url: string
  /** Milliseconds that a start may take. @default 60000 */
  readonly startMs?: number
}

// A JVM with a migration starts within a minute.
const usualStartMs = 60_000
// Short beside any start, and seldom enough that looking costs nothing.
const lookEveryMs = 20
// The kernel closes the sockets of a killed process at once; whoever answers after that is somebody else.
const deathMs = 3000
// A server that finishes what is running needs no longer than its slowest request.
const farewellMs = 5000

/**
 * Starts an API by a command line and waits until it answers. Throws {@link StartError} when somebody answers there
 * already: it would be judged in place of what is killed.
 *
 * @example
 * const api = await launch('node server.js', { url: 'http://localhost:3000' })
 */
export async function launch(command: string, { url, startMs = usualStartMs }: LaunchOptions): Promise<ApiProcess> {
  if (!/^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/i.test(new URL(url).hostname)) {
    throw new StartError(
      `only an API on this machine can be started and killed, and ${new URL(url).hostname} is not it`,
    )
  }
  if ((await probe(url)) !== 'nobody') {
    throw new StartError(
      `somebody answers at ${new URL(url).origin} already: stop it, for what is started must be what is judged`,
    )
  }
  let group: ProcessGroup | undefined

  const api: ApiProcess = {
    async start() {
      if (group !== undefined && !group.hasEnded) return
      const started = startGroup(command)
      group = started
      if (await within(startMs, async () => started.hasEnded || (await probe(url)) === 'answers')) {
        if (!started.hasEnded) return
        throw new StartError(`the command ended before the API answered at ${url}${said(started)}`)
      }
      started.signal('SIGKILL')
      throw new StartError(`the API did not answer at ${url} within ${startMs} ms${said(started)}`)
    },
    async kill() {
      const killed = group
      killed?.signal('SIGKILL')
      await killed?.ended
      if (await within(deathMs, async () => (await probe(url)) === 'nobody')) return
      throw new StartError(`${new URL(url).origin} answers on after SIGKILL: the API is not a child of the command`)
    },
    async stop() {
      group?.signal('SIGTERM')
      const timer = setTimeout(() => group?.signal('SIGKILL'), farewellMs)
      await group?.ended
      clearTimeout(timer)
      // What the command left running in its group.
      group?.signal('SIGKILL')
    },
  }
  await api.start()
  return api
}

/** Looks again and again until something holds; false when the time is over. */
async function within(ms: number, holds: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + ms
  for (;;) {
    if (await holds()) return true
    if (performance.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}

function said({ output }: ProcessGroup): string {
  return output.trim() === '' ? '' : `; it said: ${output.trim()}`
}
