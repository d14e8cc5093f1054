// Proves the test suites of packages/server: seeds one fault after the other in a copy and expects the suites to fail.
// `npm run mutants` runs all of them, `npm run mutants -- queue` those with "queue" in their names; each line names the
// first test that failed. Exits 1 if a fault survives. Takes minutes, so it is no part of `npm test`.
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mutants as ofBeyond } from './mutants/beyond.mjs'
import { mutants as ofCore } from './mutants/core.mjs'
import { mutants as ofPostgres } from './mutants/postgres.mjs'
import { mutants as ofRecords } from './mutants/records.mjs'
import { mutants as ofRedis } from './mutants/redis.mjs'
import { mutants as ofRows } from './mutants/rows.mjs'
import { mutants as ofSqlite } from './mutants/sqlite.mjs'

// A fault may make a test wait for ever. Without one the suites take a fraction of this.
const LIMIT_MS = 120_000

// The quick ones first: most faults end there.
const STAGES = [
  [
    'test/stores/memory',
    'test/stores/purge',
    'test/stores/sqlite.test',
    'test/stores/sqlite-g',
    'test/stores/sqlite-t',
    'test/stores/sqlite-h',
    'test/stores/sqlite-i',
  ],
  [
    'test/stores/fifo',
    'test/idempotency/once.test',
    'test/idempotency/scope',
    'test/stores/sqlite-b',
    'test/stores/sqlite-f',
  ],
  [
    'test/stores/sqlite-processes',
    'test/idempotency',
    'test/creation/wire',
    'test/creation/re',
    'test/creation/public',
    'test/adapters',
  ],
]

// Each of these starts a database server.
const POSTGRES_STAGES = [
  ['test/stores/postgres-co', 'test/stores/postgres-t'],
  ['test/stores/postgres-crash', 'test/stores/postgres-load', 'test/stores/postgres-declared'],
  ['test/stores/postgres-start', 'test/stores/postgres.test'],
]

const REDIS_STAGES = [
  ['test/stores/hold-lease', 'test/stores/redis-together', 'test/stores/redis.test'],
  ['test/stores/redis-crash', 'test/stores/redis-ready'],
  ['test/stores/redis-processes', 'test/stores/redis-payment'],
]

const mutants = [...ofCore, ...ofBeyond, ...ofSqlite, ...ofRecords, ...ofPostgres, ...ofRows, ...ofRedis]

const root = process.cwd()
const copy = mkdtempSync(join(tmpdir(), 'createonce-mutants-'))
const server = join(copy, 'packages/server')

function prepare() {
  mkdirSync(server, { recursive: true })
  for (const name of ['tsconfig.base.json', 'vitest.config.ts', 'package.json'])
    cpSync(join(root, name), join(copy, name))
  for (const name of ['src', 'test', 'package.json', 'tsconfig.json'])
    cpSync(join(root, 'packages/server', name), join(server, name), { recursive: true })
  for (const name of ['free-port.mjs', 'free-port.d.mts'])
    cpSync(join(root, 'scripts', name), join(copy, 'scripts', name))
  // Some suites run what the guides show.
  for (const name of ['node_modules', 'docs']) symlinkSync(join(root, name), join(copy, name))
}

/** Builds the copy, since tests start processes of it, and runs the suites: whether they passed, and how they ended. */
async function judge(stages) {
  const built = await run('tsc', ['-b', 'packages/server'])
  if (built.code !== 0) return { verdict: 'does not compile', output: built.output }
  for (const stage of stages) {
    const suites = stage.map((suite) => `packages/server/${suite}`)
    const { code, isLate, output } = await run('vitest', ['run', '--bail=1', '--no-isolate', ...suites])
    const by = /FAIL\s+(.*)/.exec(output)?.[1]
    if (code !== 0) return { verdict: isLate ? 'killed by the clock' : 'killed', output, by }
  }
  return { verdict: 'survived', output: '' }
}

function run(tool, args) {
  return new Promise((resolve) => {
    // A group of its own, so that the limit ends the tool's own children too.
    const child = spawn(join(root, 'node_modules/.bin', tool), args, {
      cwd: copy,
      detached: true,
      env: { ...process.env, NO_COLOR: '1' },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    let isLate = false
    const limit = setTimeout(() => {
      isLate = true
      process.kill(-child.pid, 'SIGKILL')
    }, LIMIT_MS)
    child.on('exit', (code) => {
      clearTimeout(limit)
      resolve({ code, isLate, output })
    })
  })
}

function stagesOf({ file, suites }) {
  if (suites !== undefined) return [suites]
  if (file.startsWith('stores/redis')) return REDIS_STAGES
  return file.startsWith('stores/postgres') ? POSTGRES_STAGES : STAGES
}

/** Seeds the fault, judges, and takes it out again. */
async function seed({ file, suites, from, to }) {
  const path = join(server, 'src', file)
  const text = readFileSync(path, 'utf8')
  const places = text.split(from).length - 1
  if (places !== 1) return { verdict: `stands ${places} times`, output: '' }
  writeFileSync(
    path,
    text.replace(from, () => to),
  )
  try {
    return await judge(stagesOf({ file, suites }))
  } finally {
    writeFileSync(path, text)
  }
}

const wanted = process.argv.slice(2)
const chosen = mutants.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
let unharmed = 0
try {
  prepare()
  const { verdict, output } = await judge([...new Set(chosen.flatMap(stagesOf))])
  if (verdict !== 'survived') throw new Error(`The suites fail without any fault (${verdict}):\n${output}`)
  for (const mutant of chosen) {
    const begun = Date.now()
    const judged = await seed(mutant)
    const isKilled = judged.verdict.startsWith('killed')
    if (!isKilled) unharmed += 1
    const seconds = ((Date.now() - begun) / 1000).toFixed(1)
    console.log(
      `${isKilled ? 'ok  ' : 'FAIL'} ${judged.verdict.padEnd(20)} ${seconds.padStart(6)} s  ${mutant.name}${judged.by ? ` [${judged.by}]` : ''}`,
    )
    if (judged.verdict === 'does not compile') console.log(judged.output)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(`${chosen.length - unharmed} of ${chosen.length} faults were found.`)
process.exitCode = unharmed === 0 ? 0 : 1
