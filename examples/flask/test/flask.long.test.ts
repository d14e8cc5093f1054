import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type PythonEnvironment, pythonEnvironment } from '../../../packages/verifier/test/fixes/python-environment.ts'
import { freePort } from '../../../scripts/free-port.mjs'

const place = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url))

let environment: PythonEnvironment
beforeAll(async () => {
  environment = await pythonEnvironment()
})

/** What the command of the README prints, and how it ends. */
async function start(
  which: 'wrong' | 'right',
  skip: (note: string) => void,
): Promise<{ code: number; report: string }> {
  if (environment.kind === 'missing') {
    if (process.env['CI']) throw new Error(environment.what)
    skip(environment.what)
    throw new Error(environment.what)
  }
  const port = String(await freePort())
  const env = { ...process.env, NODE_OPTIONS: '', PORT: port, PYTHON: environment.python }
  return new Promise((resolve) => {
    execFile(process.execPath, [place('start.mjs'), which], { env }, (error, stdout) => {
      resolve({
        code: error === null ? 0 : Number(error.code),
        report: stdout.replaceAll(`localhost:${port}`, 'localhost:5000'),
      })
    })
  })
}

/** The lines of a report without what differs from run to run. */
function steady(report: string): string[] {
  let isDropped = false
  const kept = report.split('\n').flatMap((line) => {
    const isHeading = /^(error|warning|note) |^ {2}[a-z]+(-[a-z\d]+)+ /.test(line)
    // Whether Flask had read the request of a client that hung up is a race.
    if (isHeading) isDropped = /idem-client-abort|error-before-effect/.test(line)
    else if (line === '') isDropped = false
    // What a finding is told by once more, or counted, goes with it.
    if (isDropped || /^ {2}\w+ +error-before-effect/.test(line)) return []
    return line
      .replace(/ -H .*| --data-binary .*/, ' …')
      .replaceAll(/createonce[-.]\w+(-\w+)?(@example\.com)?/g, '…')
      .replace(/\d+ checks$/, '… checks')
      .replace(/\d+ requests, [\d.]+ s, seed/, '… requests, seed')
      .replace(/^\d+ passed · .*/, '… passed')
  })
  // A finding that is dropped, or was not there, leaves one empty line between its neighbours.
  return kept.filter((line, index) => line !== '' || kept[index - 1] !== '')
}

describe('the Flask service', () => {
  it('is wrong in the ways that its report shows', async ({ skip }) => {
    const { code, report } = await start('wrong', skip)
    const shown = await readFile(place('report.txt'), 'utf8')
    expect(steady(report)).toEqual(steady(shown))
    expect(code).toBe(1)
    expect(steady(shown).length).toBeGreaterThan(100)
  })

  it('has a page of the report behind each change', async () => {
    const named = (text: string): string[] =>
      [...text.matchAll(/docs\/reference\/fixes\/([\w-]+)\.md/g)].map(([, page]) => page!)
    const pages = new Set(named(await readFile(place('report.txt'), 'utf8')))
    const right = await readFile(place('right.py'), 'utf8')
    const readme = named(await readFile(place('README.md'), 'utf8'))
    expect(pages.size).toBeGreaterThan(5)
    for (const page of pages) expect(right, page).toContain(page)
    expect(readme.filter((page) => !pages.has(page))).toEqual([])
  })

  it('has no finding once it is mended', async ({ skip }) => {
    const { code, report } = await start('right', skip)
    expect(report).toMatch(/^2 operations at .*\n\d+ passed · no findings · 0 inconclusive/)
    expect(code).toBe(0)
  })
})
