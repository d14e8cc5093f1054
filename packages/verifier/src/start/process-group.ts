import { type ChildProcess, spawn } from 'node:child_process'
import { StartError } from './start-error.ts'

/** A command with everything that it started. */
export interface ProcessGroup {
  /** Whether the command itself has ended. */
  readonly hasEnded: boolean
  /** The last of what it printed. */
  readonly output: string
  /** Sends a signal to all of it; nobody there is no error. */
  signal(name: 'SIGKILL' | 'SIGTERM'): void
  readonly ended: Promise<void>
}

// Enough of a stack trace to see why it did not start.
const keptOutput = 4000

// A child that outlives us would keep its port, and its files.
const running = new Set<ProcessGroup>()
let isWatching = false

/** Starts a command line in a process group of its own, so that a signal reaches what the shell starts too. */
export function startGroup(command: string): ProcessGroup {
  if (process.platform === 'win32') throw new StartError('starting the API needs process groups, which Windows lacks')
  const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptOutput)
    })
  }
  let hasEnded = false
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      hasEnded = true
      running.delete(group)
      resolve()
    }
    child.once('exit', end)
    child.once('error', end)
  })
  const group: ProcessGroup = {
    get hasEnded() {
      return hasEnded
    },
    get output() {
      return output
    },
    signal: (name) => signalGroup(child, name),
    ended,
  }
  running.add(group)
  if (!isWatching) process.once('exit', killAll)
  isWatching = true
  return group
}

function killAll(): void {
  for (const one of running) one.signal('SIGKILL')
}

function signalGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
