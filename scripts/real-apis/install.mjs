import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Which client installs from which registry, into a folder; and where it leaves what can be started. */
const clients = {
  npm: {
    bin: 'node_modules/.bin',
    commands: (packages) => [['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', ...packages]],
  },
  pip: {
    bin: 'venv/bin',
    commands: (packages) => [
      ['python3', '-m', 'venv', 'venv'],
      ['venv/bin/pip', 'install', '--quiet', '--disable-pip-version-check', ...packages],
    ],
  },
  go: { bin: 'bin', commands: (packages) => packages.map((module) => ['go', 'install', module]) },
}

/**
 * Installs what a recipe names with the package manager's own client. The folder below the system's temporary one is
 * kept, so that the next run finds it; another version has another folder.
 */
export async function install({ name, install: wanted }) {
  const [[manager, packages]] = Object.entries(wanted)
  const hash = createHash('sha256').update(JSON.stringify(wanted)).digest('hex').slice(0, 8)
  const folder = join(tmpdir(), 'createonce-real-apis', `${name}-${hash}`)
  const isInstalled = join(folder, 'installed.json')
  if (!existsSync(isInstalled)) {
    mkdirSync(folder, { recursive: true })
    // Without a manifest of its own, npm installs into the next folder above that has one.
    if (manager === 'npm') writeFileSync(join(folder, 'package.json'), '{"private":true}')
    for (const [command, ...args] of clients[manager].commands(packages)) run(command, args, folder)
    writeFileSync(isInstalled, JSON.stringify(wanted))
  }
  return { bin: join(folder, clients[manager].bin), modules: join(folder, 'node_modules') }
}

function run(command, args, cwd) {
  const env = { ...process.env, GOBIN: join(cwd, 'bin') }
  const { status, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}: ${error?.message ?? stderr.slice(-2_000)}`)
}
