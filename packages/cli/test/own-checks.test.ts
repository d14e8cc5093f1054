import { execFile } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createonce, temporaryFolder } from './createonce.ts'
import { type FlaskTutorial, startFlaskTutorial } from './targets/flask-tutorial.ts'

const page = readFileSync(new URL('../../../docs/guides/own-checks.md', import.meta.url), 'utf8')
/** The programs of the guide, by the file name in their first line. */
const programs = Object.fromEntries(
  [...page.matchAll(/^```js\n\/\/ (\S+)\n([\s\S]*?)^```/gm)].map(([, name, text]) => [name, text]),
) as Record<string, string>

let tutorial: FlaskTutorial
let cwd: string
beforeAll(async () => {
  tutorial = await startFlaskTutorial()
  cwd = temporaryFolder()
  symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(cwd, 'node_modules'))
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(cwd, name), text)
})
afterAll(() => tutorial.close())

const verify = (...options: string[]) => createonce(['verify', tutorial.url, ...options], { cwd })

describe('the guide to own checks', () => {
  it('has a check that runs beside the others, and alone where its id is named', async () => {
    const alone = await verify('--check', './shop-priced.mjs', 'shop-priced')
    expect(alone.stdout).toContain('warning shop-priced a rule of your own (convention)')
    expect(alone.stdout).toMatch(/^0 passed · 1 finding \(1 warning\)/m)
    expect(alone.code).toBe(1)
    const report = ['--report', 'json=-', '--skip-check', 'shop-priced']
    const { results } = JSON.parse((await verify('--check', './shop-priced.mjs', ...report)).stdout)
    expect(results.some(({ check }: { check: string }) => check === 'location-present')).toBe(true)
  })

  it('has a reporter, for standard output and for a file', async () => {
    const own = ['--check', './shop-priced.mjs', 'invalid-is-4xx', '--reporter']
    const shown = await verify(...own, './worst.mjs')
    expect(shown.stdout).toMatch(/^(invalid-is-4xx\tPOST \S+\n)+$/)
    expect(shown.stderr).toMatch(/passed · \d+ finding/)
    const written = await verify(...own, './worst.mjs=worst.txt')
    expect(readFileSync(join(cwd, 'worst.txt'), 'utf8')).toBe(shown.stdout)
    expect(written.stdout).toMatch(/passed · \d+ finding/)
  })

  it('has a program that runs as it stands', async () => {
    // The target is served by this process: waiting for the program must not stop it.
    const { status, stdout } = await new Promise<{ status: number | null; stdout: string }>((resolve) => {
      const child = execFile(process.execPath, ['judge.mjs', tutorial.url], { cwd }, (_, stdout) =>
        resolve({ status: child.exitCode, stdout }),
      )
    })
    expect(stdout).toMatch(/1 passed · no findings|1 finding \(1 note\)/)
    expect(status).toBe(0)
  })
})

describe('a module that is of no use', () => {
  const refused = async (option: string, name: string, text?: string) => {
    if (text !== undefined) writeFileSync(join(cwd, name), text)
    const { code, stderr, stdout } = await verify(option, `./${name}`)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    return stderr
  }

  it.each([
    ['is not there', 'absent.mjs', undefined, 'there is no such file'],
    ['throws', 'throws.mjs', 'throw new Error("sorry")', 'cannot be loaded: Error: sorry'],
    ['has no default export', 'named.mjs', 'export const check = {}', 'has no default export'],
    ['has an id of another form', 'id.mjs', 'export default { id: "My Check" }', 'lower-case words with hyphens'],
    ['has the id of a check of ours', 'ours.mjs', 'export default { id: "location-present" }', 'give it another one'],
    ['has no function', 'none.mjs', 'export default { id: "a", title: "A", level: "note" }', 'no function run'],
  ])('as a check, because it %s, is refused before anything is sent', async (_, name, text, says) => {
    expect(await refused('--check', name, text)).toContain(says)
  })

  it('as a check, because two have one id, is refused', async () => {
    const one = '{ id: "twin", title: "A", level: "note", run() {} }'
    expect(await refused('--check', 'twins.mjs', `export default [${one}, ${one}]`)).toContain(
      'two checks have the id twin',
    )
  })

  it('as a reporter, because it is no function, is refused', async () => {
    expect(await refused('--reporter', 'object.mjs', 'export default {}')).toContain('is no function')
  })

  it('as TypeScript is told what can load it, where this Node cannot', async () => {
    writeFileSync(
      join(cwd, 'typed.ts'),
      'const id: string = "typed"\nexport default { id, title: "T", level: "note", run: () => ({ kind: "skip", reason: "x" }) }',
    )
    const { code, stderr, stdout } = await verify('--check', './typed.ts', 'typed')
    if ('features' in process && (process.features as { typescript?: unknown }).typescript)
      expect(stdout).toContain('1 skipped')
    else expect([code, stderr]).toEqual([2, expect.stringContaining('Node 22.18 and later')])
  })

  it('as a reporter that breaks, says so after the run', async () => {
    writeFileSync(join(cwd, 'breaks.mjs'), 'export default () => { throw new Error("sorry") }')
    const { code, stderr } = await verify('--check', 'location-present', '--reporter', './breaks.mjs')
    expect(code).toBe(2)
    expect(stderr).toContain('breaks.mjs broke: Error: sorry')
  })
})

it('a check of one’s own that breaks is exit code 3, and the others are judged', async () => {
  writeFileSync(
    join(cwd, 'sick.mjs'),
    'export default { id: "sick", title: "S", level: "note", run() { throw new Error("oh") } }',
  )
  const { code, stdout } = await verify('--check', './sick.mjs', 'sick', 'location-well-formed')
  expect(stdout).toContain('broken sick on ')
  expect(stdout).toContain('1 broken')
  expect(code).toBe(3)
})
