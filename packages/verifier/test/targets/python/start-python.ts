import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Running } from '../styles/start.ts'

/** What main.py is told. */
export interface PythonOptions {
  readonly host: 'http.server' | 'flask'
  readonly keys: 'none' | 'optional' | 'required'
  readonly words: unknown
  readonly fault?: string
}

const python = process.env['PYTHON'] ?? 'python3'
// The score runs from its compiled copy, tests from the source: both at the root of the repository.
const main = join(process.cwd(), 'packages/verifier/test/targets/python/main.py')

/** Whether this Python has Flask. */
export function hasFlask(): boolean {
  return spawnSync(python, ['-c', 'import flask']).status === 0
}

/** Starts the Python service as a process of its own. */
export async function startPython(options: PythonOptions): Promise<Running> {
  const child = spawn(python, ['-B', main, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit')
  const first = await Promise.race([once(lines, 'line'), ended.then(() => undefined)])
  if (first === undefined) throw new Error(`${python} did not start the target`)
  return {
    document: `http://127.0.0.1:${first[0]}/openapi.json`,
    count: () => undefined,
    close: async () => {
      child.kill()
      await ended
    },
  }
}
