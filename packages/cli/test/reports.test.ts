import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createonce, temporaryFolder } from './createonce.ts'
import { type FlaskTutorial, startFlaskTutorial } from './targets/flask-tutorial.ts'

let tutorial: FlaskTutorial

beforeAll(async () => {
  tutorial = await startFlaskTutorial()
})
afterAll(() => tutorial.close())

const some = ['--check', 'created-status-201', 'location-present']

describe('the reports of one run', () => {
  it('are written in every format that was asked for', async () => {
    const cwd = temporaryFolder()
    const formats = ['json', 'html', 'junit', 'sarif', 'har', 'github', 'markdown']
    const reports = formats.flatMap((format) => ['--report', `${format}=report.${format}`])
    const { code } = await createonce(
      ['verify', tutorial.url, ...some, ...reports, '--header', 'X-Token: sesame-open-1234'],
      { cwd },
    )
    expect(code).toBe(1)
    const texts = Object.fromEntries(
      formats.map((format) => [format, readFileSync(join(cwd, `report.${format}`), 'utf8')]),
    )
    expect(texts['html']).toMatch(/^<!doctype html>/)
    expect(texts['junit']).toContain('<failure type="warning"')
    expect(JSON.parse(texts['sarif'] ?? '').runs[0].results).toHaveLength(2)
    expect(texts['github']).toMatch(/^::warning title=The handler leaves the framework's default answer in place::/m)
    expect(texts['markdown']).toContain('location\\-present')
    for (const text of Object.values(texts)) expect(text).not.toContain('sesame')
  })

  it('have every exchange of the run in the HTTP archive, and the cited ones in the others', async () => {
    const { stdout, code } = await createonce(['verify', tutorial.url, ...some, '--report', 'har=-'])
    const { entries } = JSON.parse(stdout).log
    const methods = new Set(entries.map(({ request }: { request: { method: string } }) => request.method))
    expect(methods).toContain('POST')
    expect(code).toBe(1)
    const json = await createonce(['verify', tutorial.url, ...some, '--report', 'json=-'])
    expect(entries.length).toBeGreaterThan(JSON.parse(json.stdout).exchanges.length)
  })

  it('are refused in a format that there is not', async () => {
    const { code, stderr } = await createonce(['verify', tutorial.url, '--report', 'pdf=report.pdf'])
    expect(code).toBe(2)
    expect(stderr).toContain('formats: json, html, junit, sarif, har, github, markdown')
  })
})

describe('a baseline', () => {
  it('is written once, and from then on only what is new fails the run', async () => {
    const cwd = temporaryFolder()
    const verify = (...options: string[]) => createonce(['verify', tutorial.url, ...options], { cwd })
    const first = await verify('--check', 'created-status-201', '--baseline', 'known.json', '--update-baseline')
    expect(first.code).toBe(1)
    const same = await verify('--check', 'created-status-201', '--baseline', 'known.json')
    expect(same.stdout).toMatch(/no new findings · 1 known/)
    expect(same.code).toBe(0)
    const more = await verify(...some, '--baseline', 'known.json')
    expect(more.stdout).toMatch(/1 finding \(1 warning\) · 1 known/)
    expect(more.code).toBe(1)
  })

  it('tells what has vanished', async () => {
    const cwd = temporaryFolder()
    const verify = (...options: string[]) =>
      createonce(
        ['verify', tutorial.url, '--check', 'no-redirect-on-create', '--report', 'json=all.json', ...options],
        {
          cwd,
        },
      )
    await verify()
    const report = JSON.parse(readFileSync(join(cwd, 'all.json'), 'utf8'))
    // As it would be had an earlier version of the service redirected.
    const known = { ...report.results[0], id: 'e8c49ba638647b96', verdict: 'fail' }
    writeFileSync(join(cwd, 'known.json'), JSON.stringify({ schemaVersion: 1, results: [known] }))
    const { code, stdout } = await verify('--baseline', 'known.json')
    expect(stdout).toMatch(/no longer found.*\n {2}no-redirect-on-create on POST \/tasks/)
    expect(code).toBe(0)
  })

  it.each([
    [['--update-baseline'], '--update-baseline needs --baseline FILE'],
    [['--baseline', 'nowhere.json'], 'The baseline cannot be read from nowhere.json'],
    [['--baseline', 'text.json'], 'text.json is no baseline'],
  ])('is refused before anything is sent: %j', async (options, said) => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'text.json'), 'known')
    const { code, stderr } = await createonce(['verify', tutorial.url, ...options], { cwd })
    expect(stderr).toContain(said)
    expect(code).toBe(2)
  })
})
