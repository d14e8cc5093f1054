import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createonce, type Running, startCreateonce, temporaryFolder } from './createonce.ts'
import { runCurl } from './run-curl.ts'
import { type Answer, send } from './send.ts'

describe('the demonstration', () => {
  let demo: Running
  let printed: string
  const cwd = temporaryFolder()

  beforeAll(async () => {
    demo = await startCreateonce(['demo', '--port', '0', '--store', 'memory:', '--report', 'report.json'], { cwd })
    printed = await demo.said(/Serving until Ctrl-C/)
  })
  afterAll(() => demo.stop())

  it('verifies what it serves and finds nothing', () => {
    expect(printed).toMatch(/^The bookshop is listening on http:\/\/localhost:\d+ \(data: a temporary file, /)
    expect(printed).toMatch(/^\d+ passed · no findings · \d+ inconclusive · \d+ skipped$/m)
  })

  it('writes the JSON report where it says', () => {
    expect(printed).toContain('The whole report: report.json')
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))
    expect(report).toMatchObject({ schemaVersion: 1, target: { baseUrl: demo.url } })
  })

  it('prints three commands that do what the line below them says', async () => {
    const commands = printed.split('\n').filter((line) => line.startsWith('  curl '))
    expect(commands).toHaveLength(3)
    const [order, publisher, list] = commands.map((command) => () => runCurl(command)) as (() => Promise<Answer>)[]

    const ordered = await order!()
    expect([ordered.status, ordered.headers['idempotent-replayed']]).toEqual([201, undefined])
    const again = await order!()
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([201, 'true'])
    expect([again.body, again.headers.location]).toEqual([ordered.body, ordered.headers.location])

    const published = await publisher!()
    expect(published.status).toBe(201)
    const taken = await publisher!()
    expect(taken.status).toBe(409)
    const existing = await send('GET', new URL(taken.json().existing, demo.url).href)
    expect(existing.json()).toEqual(published.json())

    expect((await list!()).json()).toEqual({ items: [ordered.json()] })
  })

  it('goes on until SIGTERM, and ends with 0', async () => {
    expect((await send('GET', `${demo.url}/health/ready`)).status).toBe(200)
    expect((await demo.stop()).code).toBe(0)
  })
})

describe('--once', () => {
  it('ends after the report, with its exit code', async () => {
    const cwd = temporaryFolder()
    const { code, stdout } = await createonce(['demo', '--port', '0', '--once', '--store', 'memory:'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('no findings')
    expect(stdout.match(/^ {2}curl /gm)).toHaveLength(3)
    expect(stdout).not.toContain('Serving')
    expect(JSON.parse(readFileSync(join(cwd, 'createonce-report.json'), 'utf8')).schemaVersion).toBe(1)
  })

  it('refuses a report that cannot be written before it serves anything', async () => {
    const { code, stdout, stderr } = await createonce(['demo', '--port', '0', '--once', '--report', 'no/folder.json'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toBe('createonce: The report cannot be written to no/folder.json: there is no folder no.\n')
  })
})
