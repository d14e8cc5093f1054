import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BINARY = fileURLToPath(new URL('../dist/main.js', import.meta.url))
// Longer than any command of these tests takes on a busy machine, shorter than the limit of a test: what hangs is
// ended, and the test fails with what it said.
const LIMIT_MS = 90_000

// No process and no folder outlives the tests, whatever happens to them.
const children = new Set<ChildProcess>()
const folders = new Set<string>()
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** What a process left behind. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Where and with what to run. */
export interface RunOptions {
  /** @default a folder that holds nothing, made for this test file */
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** A command that goes on until it is stopped. */
export interface Running {
  /** The address that it says it listens on. */
  readonly url: string
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when the output so far matches. */
  said(pattern: RegExp): Promise<string>
  /** SIGTERM, and the end. */
  stop(): Promise<Ended>
}

/** A folder of its own; gone when the test file ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'createonce-cli-'))
  folders.add(folder)
  return folder
}

/** Runs the command line to its end. */
export function createonce(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { child, ended } = startProcess(args, options)
  return bounded(child, ended)
}

/** Starts a command that serves, and waits until it says where. */
export async function startCreateonce(args: readonly string[], options: RunOptions = {}): Promise<Running> {
  const { child, ended, said } = startProcess(args, options)
  const text = await bounded(child, said(/listening on (http:\/\/\S+)/))
  return {
    url: /listening on (http:\/\/\S+)/.exec(text)![1]!,
    process: child,
    ended,
    said,
    stop() {
      child.kill('SIGTERM')
      return bounded(child, ended)
    },
  }
}

/** Starts the real binary, without a terminal and without standard input. */
export function startProcess(
  args: readonly string[],
  { cwd = temporaryFolder(), env = {} }: RunOptions = {},
): { child: ChildProcess; ended: Promise<Ended>; said: Running['said'] } {
  const child = spawn(process.execPath, [BINARY, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
    })
  }
  const ended = once(child, 'close').then(([code]): Ended => {
    children.delete(child)
    return { code: code as number | null, ...output }
  })
  const said: Running['said'] = (pattern) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(output.stdout)) return
        child.stdout.off('data', look)
        resolve(output.stdout)
      }
      child.stdout.on('data', look)
      void ended.then(({ code, stdout, stderr }) =>
        reject(
          new Error(`createonce ${args.join(' ')} ended with ${code} before it said ${pattern}:\n${stdout}${stderr}`),
        ),
      )
      look()
    })
  return { child, ended, said }
}

async function bounded<T>(child: ChildProcess, result: Promise<T>): Promise<T> {
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  try {
    return await result
  } finally {
    clearTimeout(timer)
  }
}
