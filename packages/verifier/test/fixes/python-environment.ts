import { execFile } from 'node:child_process'
import { access, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
// The version whose answers the pages describe.
const flask = 'flask==3.1.3'

/** A Python with Flask, or what is missing for it. */
export type PythonEnvironment =
  | { readonly kind: 'ready'; readonly python: string }
  | { readonly kind: 'missing'; readonly what: string }

/**
 * Makes a virtual environment with Flask in the system's folder for temporary files, or finds the one that an earlier
 * run has made there. It gets its name when it is complete, so that a run that was cut off leaves none behind.
 */
export async function pythonEnvironment(): Promise<PythonEnvironment> {
  const version = await run('python3', ['--version']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
  if (version === undefined) return { kind: 'missing', what: 'python3 is missing: scripts/install-python.sh' }
  const name = `createonce-${flask}-${version}-${userInfo().uid}`.replace(/[^\w.-]+/g, '-').toLowerCase()
  const home = join(tmpdir(), name)
  const python = join(home, 'bin', 'python')
  const works = () =>
    run(python, ['-c', 'import flask']).then(
      () => true,
      () => false,
    )
  if (await works()) return { kind: 'ready', python }
  const draft = await mkdtemp(`${home}-`)
  try {
    await run('python3', ['-m', 'venv', draft])
    await run(join(draft, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', flask])
    await rm(home, { recursive: true, force: true })
    await rename(draft, home)
  } catch (error) {
    // Another run may have been faster.
    if (await works()) return { kind: 'ready', python }
    return { kind: 'missing', what: `no virtual environment with ${flask}: ${(error as Error).message}` }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  await access(python)
  return { kind: 'ready', python }
}
