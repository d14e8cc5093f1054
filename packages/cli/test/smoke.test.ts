import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodeOf, loadTarget, type Report, type SmokeOptions, smoke } from '@createonce/verifier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smokeLines } from '../src/commands/smoke/smoke-lines.ts'
import { createonce, type Running, startCreateonce, startProcess, temporaryFolder } from './createonce.ts'
import { closedAfterEach } from './targets/closed-after-each.ts'
import { nobody } from './targets/listen.ts'
import { startJsonServer } from './targets/start-json-server.ts'
import { type Notes, type NotesHabits, startNotes } from './targets/start-notes.ts'

const closing = closedAfterEach()
const notes = async (habits?: NotesHabits): Promise<Notes> => closing(await startNotes(habits))

/** A folder with a configuration. */
function configured(profiles: object): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'createonce.config.json'), JSON.stringify({ profiles }))
  return folder
}

/** What was asked of the API itself, and not of its document. */
const calls = ({ asked }: Notes) => asked.filter((line) => line.includes('/notes'))

/** A run in this process, whose waits are no waits: what it says, and its exit code. */
async function tried(
  url: string,
  options: Partial<SmokeOptions> = {},
): Promise<{ stdout: string; code: number; report: Report }> {
  const run = smoke({ target: await loadTarget(url), seed: 7, sleep: async () => {}, ...options })
  let step = await run.next()
  while (!step.done) step = await run.next()
  return { stdout: smokeLines(step.value, { width: 500 }), code: exitCodeOf(step.value), report: step.value }
}

describe('a deployment that works', () => {
  let shop: Running
  beforeAll(async () => {
    shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'])
  })
  afterAll(() => shop.stop())

  it('gets exit code 0, a line a step, and has nothing left of the run', async () => {
    const { code, stdout } = await createonce(['smoke', shop.url])
    expect(stdout).toMatch(
      /^createOrder {2}POST \/orders\n {2}ok +create .*\n {2}ok +location .*\n {2}ok +compare .*\n {2}ok +retry .*\n {2}ok +reject .*\n {2}ok +clean-up .*\n/m,
    )
    expect(stdout).toMatch(/^18 steps passed · no findings · 0 inconclusive · 0 skipped$/m)
    expect(stdout).not.toContain('left behind')
    expect(code).toBe(0)
    expect(await (await fetch(`${shop.url}/orders`)).json()).toMatchObject({ items: [] })
  })

  it('is asked at most ten times an operation, of parents and of what is deleted too, and answers within two seconds', async () => {
    const folder = temporaryFolder()
    await createonce(['smoke', shop.url, '--report', 'json=smoke.json', '--report', 'har=smoke.har'], { cwd: folder })
    const { log } = JSON.parse(readFileSync(join(folder, 'smoke.har'), 'utf8'))
    const report = JSON.parse(readFileSync(join(folder, 'smoke.json'), 'utf8'))
    // Those of createBook create its publisher, too.
    expect(log.entries).toHaveLength(report.requests)
    expect(report.requests).toBeLessThanOrEqual(3 * 10)
    expect(report.durationMs).toBeLessThan(3 * 2_000)
  })
})

describe('the requests of an operation', () => {
  it('are six where all is right, as counted by the server', async () => {
    const shop = await notes()
    const { code } = await tried(shop.url)
    expect(code).toBe(0)
    expect(calls(shop)).toEqual([
      'POST /notes',
      'GET /notes/n1',
      'GET /notes/n1',
      'POST /notes',
      'POST /notes',
      'DELETE /notes/n1',
    ])
    expect(shop.stored.size).toBe(0)
  })

  it.each<[string, NotesHabits]>([
    ['every create makes another one, whatever it is', { forgetsKeys: true, acceptsAnything: true }],
    ['nothing is found where Location leads', { location: (path) => `/lost${path}` }],
    ['no create is accepted', { created: 500 }],
    ['what is read is something else', { shown: 'other' }],
  ])('are no more than ten where %s', async (_, habits) => {
    const shop = await notes(habits)
    await tried(shop.url)
    expect(calls(shop).length).toBeGreaterThan(2)
    expect(calls(shop).length).toBeLessThanOrEqual(10)
    expect(shop.stored.size).toBe(0)
  })

  it('can be told from others in logs, and what they create by its text', async () => {
    const texts: string[] = []
    const shop = await notes({
      before: () => {
        for (const note of shop.stored.values()) texts.push((note as { text: string }).text)
      },
    })
    await tried(shop.url)
    const agents = shop.requests
      .filter(({ url }) => url?.startsWith('/notes'))
      .map(({ headers }) => headers['user-agent'])
    expect(new Set(agents)).toEqual(new Set(['createonce-smoke']))
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) expect(text).toMatch(/^createonce-\w+smoke-/)
  })
})

describe('a deployment with a fault', () => {
  it.each<[string, NotesHabits, RegExp]>([
    ['creates with 200', { created: 200 }, /^ {2}warning +create +.*the answer is 200/m],
    ['has a Location that leads nowhere', { location: (path) => `/lost${path}` }, /^ {2}error +location +.*404/m],
    [
      'has no Location',
      { location: () => undefined },
      /^ {2}warning +location +The 201 answer to the create has no Location/m,
    ],
    [
      'has a Location on another host',
      { location: (path) => `http://10.0.0.7${path}` },
      /^ {2}warning +location +.*10\.0\.0\.7/m,
    ],
    ['has a Location that is the collection', { location: () => '/notes' }, /^ {2}error +location +.*posted to/m],
    ['shows something else than was sent', { shown: 'other' }, /^ {2}error +compare +.*\/text/m],
    [
      'creates twice on a retry',
      { forgetsKeys: true },
      /^ {2}error +retry +The retry with the same key created a second/m,
    ],
    ['accepts what is invalid', { acceptsAnything: true }, /^ {2}error +reject +.*\/text is missing.*answered 201/m],
  ])('%s: exit code 1, and the line names the step', async (_, habits, line) => {
    const shop = await notes(habits)
    const { code, stdout } = await tried(shop.url)
    expect(stdout).toMatch(line)
    expect(stdout.match(/^ {2}(error|warning|note) /gm)).toHaveLength(1)
    expect(code).toBe(1)
    expect(shop.stored.size).toBe(0)
  })

  it('that accepts no request is not judged, and is said why: exit code 3', async () => {
    const shop = await notes({ token: 'secret' })
    const { code, stdout } = await tried(shop.url)
    expect(stdout).toMatch(/^ {2}not judged {2}.*answered 401/m)
    expect(code).toBe(3)
  })

  it('is told whom it is by a note where only DELETE is broken, and what is left behind', async () => {
    const shop = await notes({ deleted: 500 })
    const { code, stdout } = await tried(shop.url)
    expect(stdout).toMatch(/^ {2}note +clean-up +/m)
    expect(stdout).toContain(`left behind in the target: 1\n  ${shop.url}/notes/n1 (DELETE answered 500)`)
    expect(code).toBe(0)
    expect((await createonce(['smoke', shop.url, '--fail-on', 'note'])).code).toBe(1)
  })

  it('without a DELETE is right, and is told what is left behind', async () => {
    const shop = await notes({ hasDelete: false })
    const { code, stdout } = await tried(shop.url)
    expect(stdout).toContain(`${shop.url}/notes/n1`)
    expect(stdout).toMatch(/^ {2}skip +clean-up +left behind/m)
    expect(code).toBe(0)
  })
})

describe('reports', () => {
  it('are JUnit, with the steps as cases, and JSON on standard output', async () => {
    const shop = await notes({ forgetsKeys: true })
    const folder = temporaryFolder()
    const { code, stdout } = await createonce(
      ['smoke', shop.url, '--report', 'junit=smoke.xml', '--report', 'json=-'],
      { cwd: folder },
    )
    const xml = readFileSync(join(folder, 'smoke.xml'), 'utf8')
    expect(xml).toContain('<testcase classname="createNote" name="create"/>')
    expect(xml).toMatch(/<testcase classname="createNote" name="retry"><failure type="error"/)
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({ schemaVersion: 1, operations: [{ id: 'createNote', judged: true }] })
    expect(report.results.map(({ check }: { check: string }) => check)).toEqual([
      ...['create', 'location', 'compare', 'retry', 'reject', 'clean-up'],
    ])
    expect(code).toBe(1)
  })
})

describe('an API that nobody here wrote', () => {
  it('is tried from one example request, and no more than ten times', async () => {
    const api = await startJsonServer(temporaryFolder())
    try {
      const { stdout, code } = await createonce([
        'smoke',
        'POST',
        `${api.url}/posts`,
        'title=tea',
        '--report',
        'json=s.json',
      ])
      expect(stdout).toMatch(/^ {2}ok +create +/m)
      expect(Number(/(\d+) requests/.exec(stdout)?.[1])).toBeLessThanOrEqual(10)
      // It takes whatever it is given.
      expect(stdout).toMatch(/^ {2}warning +reject +/m)
      expect(code).toBe(1)
      expect(await (await fetch(`${api.url}/posts`)).json()).toEqual([{ id: 'hello-world', title: 'Hello, world' }])
    } finally {
      await api.close()
    }
  })
})

describe('--wait', () => {
  it('waits for a service that becomes ready after a while', async () => {
    const shop = await notes({ startsAfter: 3 })
    const { code, stderr } = await createonce(['smoke', shop.url, '--wait', '60s'])
    expect(stderr).toMatch(/^Ready after \d+\.\d s: /m)
    expect(code).toBe(0)
  })

  it('asks what the profile says', async () => {
    const shop = await notes({ startsAfter: 2 })
    const cwd = configured({ local: { baseUrl: shop.url, ready: '/openapi.json' } })
    expect((await createonce(['smoke', '--wait', '60s'], { cwd })).code).toBe(0)
    expect(shop.asked.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => 'GET /openapi.json'))
  })

  it('ends when the time is over: exit code 3, and what was seen last', async () => {
    const shop = await notes({ startsAfter: 1_000 })
    const { code, stderr } = await createonce(['smoke', shop.url, '--wait', '300ms'])
    expect(stderr).toMatch(/not ready within 0\.3 s: http:\S+ answered 503 \(asked \d+ times?\)/)
    expect(code).toBe(3)
  })

  it('says so where nobody listens', async () => {
    const { code, stderr } = await createonce(['smoke', await nobody(), '--wait', '200ms'])
    expect(stderr).toMatch(/not ready within 0\.2 s: .* was not answered \(ECONNREFUSED\)/)
    expect(code).toBe(3)
  })
})

describe('a profile', () => {
  it('is the target, with its credentials, which no report shows', async () => {
    const shop = await notes({ token: 'hunter2-hunter2' })
    const profile = { baseUrl: shop.url, headers: { Authorization: 'Bearer ${TOKEN}' } }
    const cwd = configured({ local: { baseUrl: 'http://localhost:1' }, staging: profile })
    const args = ['smoke', '--profile', 'staging', '--report', 'json=s.json', '--report', 'har=s.har']
    const { code, stdout, stderr } = await createonce(args, { cwd, env: { TOKEN: 'hunter2-hunter2' } })
    expect(code).toBe(0)
    expect(stdout).toContain('(staging)')
    const report = readFileSync(join(cwd, 's.json'), 'utf8')
    expect(JSON.parse(report).target.profile).toBe('staging')
    expect(stdout + stderr + report + readFileSync(join(cwd, 's.har'), 'utf8')).not.toContain('hunter2')
  })

  it('that lacks a variable is refused, with its name', async () => {
    const cwd = configured({
      local: { baseUrl: 'http://localhost:1', headers: { Authorization: 'Bearer ${NOT_SET}' } },
    })
    const { code, stderr } = await createonce(['smoke'], { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining('headers.Authorization: NOT_SET is not set')])
  })

  it('that forbids creating is only read, whatever else is said', async () => {
    const shop = await notes()
    await fetch(`${shop.url}/notes`, { method: 'POST', body: '{"text":"mine"}' })
    const cwd = configured({ production: { baseUrl: shop.url, create: 'never' } })
    const { code, stdout } = await createonce(['smoke', '--yes'], { cwd })
    expect(stdout).toMatch(/^ {2}ok +list +.*\n {2}ok +read +.*\n {2}ok +unknown +/m)
    expect(stdout).toContain('(nothing was created)')
    expect(code).toBe(0)
    expect(shop.asked.filter((line) => !line.startsWith('GET'))).toEqual(['POST /notes'])
  })

  it('that asks is not created in without a terminal, not even on this machine', async () => {
    const shop = await notes()
    const cwd = configured({ local: { baseUrl: shop.url, create: 'ask' } })
    const { code, stderr } = await createonce(['smoke'], { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining('Say --yes if that is meant')])
    expect(calls(shop)).toEqual([])
    expect((await createonce(['smoke', '--yes'], { cwd })).code).toBe(0)
  })

  it.each([
    ['a path below it', (path: string) => path, 0, 'ok'],
    ['itself', (path: string) => `https://api.example.com/shop${path.replace('/shop', '')}`, 0, 'ok'],
    ['a path that lacks its prefix', (path: string) => path.replace('/shop', ''), 1, 'warning'],
    ['the address behind the proxy', (path: string) => `http://10.0.0.7${path}`, 1, 'warning'],
  ])('with a public base URL: Location is %s', async (_, location, expected, word) => {
    const shop = await notes({ prefix: '/shop', location })
    const { code, stdout } = await tried(shop.url, { publicBaseUrl: 'https://api.example.com/shop' })
    expect(stdout).toMatch(new RegExp(`^ {2}${word} +location `, 'm'))
    expect(code).toBe(expected)
  })
})

describe('where nothing is said', () => {
  it('the target is asked for', async () => {
    const { code, stderr } = await createonce(['smoke'])
    expect([code, stderr]).toEqual([2, expect.stringContaining("missing argument 'target'")])
  })

  it('nothing is created on another machine without being asked', async () => {
    const shop = await notes()
    const { code, stderr } = await createonce([
      ...['smoke', `${shop.url}/openapi.json`],
      ...['--base-url', 'http://api.example.com'],
    ])
    expect([code, stderr]).toEqual([2, expect.stringContaining('api.example.com is not this machine')])
  })
})

describe('Ctrl-C', () => {
  it('stops a run, which deletes what it has created: exit code 3', async () => {
    let reached = (): void => {}
    const isReached = new Promise<void>((resolve) => {
      reached = resolve
    })
    let goOn = (): void => {}
    const gate = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const shop = await notes({
      async before({ method, url }) {
        if (method !== 'GET' || url !== '/notes/n1') return
        reached()
        await gate
      },
    })
    const { child, ended } = startProcess(['smoke', shop.url])
    await isReached
    const isHeard = new Promise<void>((resolve) => {
      child.stderr?.on('data', (text: string) => text.includes('Stopping') && resolve())
    })
    child.kill('SIGINT')
    await isHeard
    goOn()
    const { code } = await ended
    expect(code).toBe(3)
    expect(calls(shop).slice(-1)).toEqual(['DELETE /notes/n1'])
    expect(shop.stored.size).toBe(0)
  })
})
