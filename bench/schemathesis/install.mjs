import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const VERSION = '4.32.5'

/** The command of Schemathesis, in a virtual environment that is made in the system's folder for temporary files once. */
export async function installSchemathesis() {
  const home = join(tmpdir(), `createonce-schemathesis-${VERSION}-${userInfo().uid}`)
  const command = join(home, 'bin', 'schemathesis')
  if (existsSync(command)) return command
  await run('python3', ['-m', 'venv', home])
  await run(join(home, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', `schemathesis==${VERSION}`])
  return command
}
