import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const PEERS = fileURLToPath(new URL('./peers/', import.meta.url))
const FILES = ['package.json', 'package-lock.json']

/** The versions that are measured. */
export const { dependencies: VERSIONS } = JSON.parse(readFileSync(join(PEERS, 'package.json'), 'utf8'))

/**
 * The commands of the peers, installed once, as their lockfile has them, into the system's folder for temporary files: 80 MB that nobody
 * needs who does not measure. Install scripts are left out; one of them reports the installation to its makers.
 */
export async function installPeers() {
  const digest = createHash('sha256')
  for (const file of FILES) digest.update(readFileSync(join(PEERS, file)))
  const home = join(tmpdir(), `createonce-serve-peers-${digest.digest('hex').slice(0, 12)}-${userInfo().uid}`)
  if (!existsSync(home)) {
    // Moved into place when it is complete: an installation that was interrupted is none.
    const making = mkdtempSync(`${home}-`)
    try {
      for (const file of FILES) copyFileSync(join(PEERS, file), join(making, file))
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: making })
      renameSync(making, home)
    } finally {
      rmSync(making, { recursive: true, force: true })
    }
  }
  const { resolve } = createRequire(join(home, 'package.json'))
  return {
    jsonServer: resolve('json-server/lib/cli/bin.js'),
    prism: resolve('@stoplight/prism-cli/dist/index.js'),
  }
}
