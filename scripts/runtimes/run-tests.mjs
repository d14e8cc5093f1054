import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Runs test files with vitest on another runtime, and counts. What was printed is shown where something is wrong:
 * a test failed, none ran, or one of them saw another runtime than was asked for.
 */
export function runTests([command, ...args], { paths, runsOn, version }) {
  const folder = mkdtempSync(join(tmpdir(), 'createonce-runtimes-'))
  const file = join(folder, 'results.json')
  const begun = performance.now()
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...paths, '--exclude=**/*.long.test.ts', ...reporters]
  const { status, stdout, stderr, error } = spawnSync(command, [...args, ...vitest], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
    maxBuffer: 2 ** 28,
  })
  const seconds = Math.round((performance.now() - begun) / 100) / 10
  const tests = read(file)
  rmSync(folder, { recursive: true })
  const count = (wanted) => tests.filter(({ status }) => status === wanted).length
  const [passed, failed] = [count('passed'), count('failed')]
  const skipped = tests.length - passed - failed
  // The tests of the fetch adapter name what they run on, as they see it.
  const seen = `fetch on ${runsOn} ${version.replace(/^v/, '')}`
  const isThere = tests.some(({ fullName }) => fullName.includes(seen))
  const isRight = status === 0 && failed === 0 && isThere
  if (!isRight) console.log(`${stdout}${stderr}${error?.message ?? ''}`)
  if (status === 0 && !isThere) console.log(`No test ran as "${seen}": vitest started its workers on something else.`)
  return {
    passed,
    failed,
    skipped,
    seconds,
    isRight,
    summary: `${passed} passed, ${failed} failed, ${skipped} left out, ${seconds} s`,
  }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).testResults.flatMap(({ assertionResults }) => assertionResults)
  } catch {
    return []
  }
}
