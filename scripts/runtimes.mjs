// `npm run runtimes`: the contract of the adapters, and that of the stores which every runtime has, on Node 20, 22, 24 and
// 26, on Bun and on Deno. They come from npm, into the system's folder for temporary files, and stay there.
//
//   npm run runtimes -- node22 bun     only these
//   npm run runtimes -- --stores       PostgreSQL and Redis too (minutes)
//   npm run runtimes -- --short        the newest Node, Bun and Deno, and the fetch adapter alone
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runTests } from './runtimes/run-tests.mjs'

const RUNTIMES = {
  node20: { install: 'node@20', bin: 'node', start: [] },
  node22: { install: 'node@22', bin: 'node', start: [] },
  node24: { install: 'node@24', bin: 'node', start: [] },
  node26: { install: 'node@26', bin: 'node', start: [] },
  // Without --bun, Bun hands a script to the Node that its first line names.
  bun: { install: 'bun@1.4.5', bin: 'bun', start: ['--bun'] },
  deno: { install: 'deno@2.9.6', bin: 'deno', start: ['run', '--allow-all'] },
}
const NEWEST = ['node26', 'bun', 'deno']

const ADAPTERS = ['packages/server/test/adapters']
const FETCH = ['packages/server/test/adapters/fetch']
const STORES = ['memory', 'sqlite'].map((store) => `packages/server/test/stores/${store}`)
const SERVERS = ['postgres', 'redis'].map((store) => `packages/server/test/stores/${store}.test.ts`)

const { values: wanted, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, stores: { type: 'boolean', default: false } },
})
const unknown = positionals.filter((name) => !Object.hasOwn(RUNTIMES, name))
if (unknown.length > 0) {
  console.error(`runtimes: there are ${Object.keys(RUNTIMES).join(', ')}; seen: ${unknown.join(', ')}.`)
  process.exit(2)
}
const names = positionals.length > 0 ? positionals : wanted.short ? NEWEST : Object.keys(RUNTIMES)
const paths = wanted.short ? FETCH : [...ADAPTERS, ...STORES, ...(wanted.stores ? SERVERS : [])]

const rows = names.map((name) => {
  const binary = install(name)
  const version = execFileSync(binary, ['--version'], { encoding: 'utf8' })
    .split('\n')[0]
    .replace(/^deno /, '')
    .split(' ')[0]
  console.log(`runtimes: ${name} ${version} …`)
  const outcome = runTests([binary, ...RUNTIMES[name].start], { paths, runsOn: RUNTIMES[name].bin, version })
  console.log(`runtimes: ${name} ${version}: ${outcome.summary}`)
  return {
    runtime: name,
    version,
    passed: outcome.passed,
    failed: outcome.failed,
    skipped: outcome.skipped,
    seconds: outcome.seconds,
    right: outcome.isRight,
  }
})
console.table(rows)
if (!rows.every(({ right }) => right)) process.exitCode = 1

function install(name) {
  const folder = join(tmpdir(), 'createonce-runtimes', name)
  const binary = join(folder, 'node_modules/.bin', RUNTIMES[name].bin)
  if (!existsSync(binary)) {
    console.log(`runtimes: ${name} is being installed …`)
    mkdirSync(folder, { recursive: true })
    const options = ['--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--loglevel', 'error']
    execFileSync('npm', ['install', ...options, RUNTIMES[name].install], { stdio: 'inherit' })
  }
  return binary
}
