import { spawn } from 'node:child_process'

// Nothing outlives the tests, whatever happens to them.
const groups = new Set<() => void>()
process.once('exit', () => {
  for (const end of groups) end()
})

/** What a command line left behind; what it started in the background may be running still. */
export interface BashRun {
  readonly code: number | null
  readonly said: string
  /** Ends what it left running. */
  end(): void
}

/** Runs a step as GitHub does: `bash -e`, in a process group of its own. */
export async function runBash(
  text: string,
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<BashRun> {
  const { NODE_TEST_CONTEXT: _, VITEST: __, ...inherited } = process.env
  const child = spawn('bash', ['--noprofile', '--norc', '-e', '-c', text], {
    cwd,
    env: { ...inherited, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      said += part
    })
  const end = (): void => {
    groups.delete(end)
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // Nothing of it is left.
    }
  }
  groups.add(end)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { code, said, end }
}
