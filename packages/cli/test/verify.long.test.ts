import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createonce, type Running, startCreateonce, startProcess, temporaryFolder } from './createonce.ts'
import { type FlaskTutorial, startFlaskTutorial } from './targets/flask-tutorial.ts'
import { type Listening, listen, nobody } from './targets/listen.ts'

const readOnlyFolder = temporaryFolder()
let shop: Running
let tutorial: FlaskTutorial

beforeAll(async () => {
  tutorial = await startFlaskTutorial()
  shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'])
})
afterAll(async () => {
  await shop.stop()
  await tutorial.close()
})

describe('a correct service', () => {
  it('gets exit code 0 and no finding, and has nothing left of the run', async () => {
    const { code, stdout, stderr } = await createonce(['verify', shop.url])
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ passed · no findings · \d+ inconclusive · \d+ skipped$/)
    expect(stdout).not.toContain('left behind')
    expect(stderr).toMatch(/^Verifying 3 creations with \d+ checks, seed \d+$/m)
    expect(stderr.match(/^create\w+: judged$/gm)).toHaveLength(3)
    expect(code).toBe(0)
  })
})

describe('--read-only', () => {
  it('judges a service without creating anything, and says so', async () => {
    const { code, stdout } = await createonce(['verify', shop.url, '--read-only', '--report', 'json=read-only.json'], {
      cwd: readOnlyFolder,
    })
    const report = JSON.parse(readFileSync(join(readOnlyFolder, 'read-only.json'), 'utf8'))
    const methods = report.exchanges.map(({ request }: { request: { method: string } }) => request.method)
    expect(methods.length).toBeGreaterThan(0)
    expect(methods.filter((one: string) => one !== 'GET' && one !== 'OPTIONS')).toEqual([])
    expect(stdout).toContain(`${report.requests} requests (nothing was created)`)
    expect(stdout).toMatch(/^[1-9]\d* passed · no findings · /m)
    expect(code).toBe(3)
  })

  it('excludes --start, which kills', async () => {
    const { code, stderr } = await createonce(['verify', shop.url, '--read-only', '--start', 'node server.js'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('exclude each other')])
  })
})

describe('the service of a Flask tutorial', () => {
  it('gets exit code 1 without any option, with what is wrong, how to mend it and a request that shows it', async () => {
    const { code, stdout } = await createonce(['verify', tutorial.url])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^error invalid-is-4xx /m)
    expect(stdout).toMatch(/^ {2}created-status-201 /m)
    expect(stdout).toMatch(/^ {2}location-present /m)
    expect(stdout).toMatch(/^ {4}fix {4}Answer 201, with the URL of the new resource in Location\.$/m)
    expect(stdout).toContain(`    try    curl -i -X POST ${tutorial.url}/tasks -H 'Content-Type: application/json'`)
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ passed · \d+ findings \(/)
  })

  it('has what it had before', () => {
    expect(tutorial.tasks()).toEqual([{ id: 1, title: 'Buy groceries', done: false }])
  })

  it('passes where only errors count, and none was looked for', async () => {
    const verify = (level: string) =>
      createonce(['verify', tutorial.url, '--check', 'created-status-201', 'location-present', '--fail-on', level])
    expect(await verify('error')).toMatchObject({ code: 0 })
    expect(await verify('warning')).toMatchObject({ code: 1 })
  })

  it('is stopped by Ctrl-C: what was created is deleted, and the report says how far the run came', async () => {
    const cwd = temporaryFolder()
    const run = startProcess(['verify', tutorial.url, '--report', 'json=report.json'], { cwd })
    let creations = 0
    tutorial.onRequest(({ method }) => {
      if (method === 'POST' && ++creations === 5) run.child.kill('SIGINT')
    })
    const { code, stdout, stderr } = await run.ended
    tutorial.onRequest(() => {})
    expect(code).toBe(3)
    expect(stdout).toMatch(/^not judged POST \/tasks$/m)
    expect(stderr).toContain('createonce: Stopped before the end: the report is partial.')
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))
    expect(report.operations).toMatchObject([{ judged: false, reason: expect.stringContaining('stopped') }])
    expect(tutorial.tasks()).toHaveLength(1)
  })
})

describe('narrowing a run', () => {
  const judged = async (...options: string[]): Promise<Set<string>> => {
    const { stdout } = await createonce(['verify', shop.url, '--report', 'json=-', ...options])
    const { results } = JSON.parse(stdout) as { results: { check: string; operation: string }[] }
    return new Set(results.map(({ check, operation }) => `${operation} ${check}`))
  }

  it('--operation takes an operationId or the method and path, and --check some checks', async () => {
    const both = ['--operation', 'createOrder', 'POST /publishers', '--check', 'created-status-201']
    expect(await judged(...both)).toEqual(
      new Set(['createPublisher created-status-201', 'createOrder created-status-201']),
    )
  })

  it('--skip-check leaves some out', async () => {
    const some = ['--operation', 'createOrder', '--check', 'created-status-201', 'location-present', 'prefer-handled']
    expect(await judged(...some, '--skip-check', 'location-present', 'prefer-handled')).toEqual(
      new Set(['createOrder created-status-201']),
    )
  })

  it('--seed sends the same bodies again, but for the tail that keeps two runs apart', async () => {
    const bodies = async (seed: string): Promise<string[]> => {
      const from = tutorial.seen.length
      await createonce(['verify', tutorial.url, '--check', 'invalid-is-4xx', '--seed', seed])
      const sent = tutorial.seen.slice(from).filter(({ method }) => method === 'POST')
      return sent.map(({ body }) => body.replaceAll(/(createonce-\d+-)\w+/g, '$1…'))
    }
    const first = await bodies('7')
    expect(first.length).toBeGreaterThan(3)
    expect(await bodies('7')).toEqual(first)
    expect(await bodies('8')).not.toEqual(first)
  })

  it('--max-requests is a bound, and what could not be judged for it is no pass', async () => {
    const from = tutorial.seen.length
    const { code } = await createonce(['verify', tutorial.url, '--max-requests', '1', '--check', 'location-resolves'])
    const sent = tutorial.seen
      .slice(from)
      .filter(({ method, path }) => method !== 'DELETE' && path.startsWith('/tasks'))
    expect(sent).toHaveLength(1)
    expect(code).toBe(3)
  })
})

describe('--require', () => {
  it('ends with 3, and says why, where the check could not be judged', async () => {
    // Nothing can be listed below this path, so nobody can say what a refused request has left.
    const things = await listen((request, response) => {
      const status = request.method === 'POST' ? 201 : 404
      request.resume().on('end', () => response.writeHead(status, { Location: '/things/1' }).end())
    })
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'openapi.json'), JSON.stringify(createThing))
    const options = ['--base-url', things.url, '--check', 'rejected-leaves-nothing', 'no-redirect-on-create']
    const run = (...more: string[]) => createonce(['verify', 'openapi.json', ...options, ...more], { cwd })
    expect(await run()).toMatchObject({ code: 0 })
    const { code, stderr } = await run('--require', 'rejected-leaves-nothing')
    await things.close()
    expect(stderr).toMatch(/^createonce: --require rejected-leaves-nothing: inconclusive on createThing \(.+\)\.$/m)
    expect(code).toBe(3)
  })

  it('ends with 3 where the check was skipped or not run', async () => {
    const options = [
      'verify',
      shop.url,
      '--operation',
      'createOrder',
      '--check',
      'parent-missing-4xx',
      'location-present',
    ]
    const skipped = await createonce([...options, '--require', 'parent-missing-4xx'])
    expect(skipped.stderr).toContain('createonce: --require parent-missing-4xx: skip on createOrder (')
    expect(skipped.code).toBe(3)
    const left = await createonce([...options, '--require', 'location-resolves'])
    expect(left.stderr).toContain('--require location-resolves: it was not among the checks that were run.')
    expect(left.code).toBe(3)
  })

  it('is met by a check that was judged', async () => {
    const options = ['--check', 'location-present', '--require', 'location-present']
    expect(await createonce(['verify', shop.url, ...options])).toMatchObject({ code: 0 })
  })
})

describe('the JSON report', () => {
  it('is all that is on standard output with json=-, and the text for people is on standard error', async () => {
    const { code, stdout, stderr } = await createonce(['verify', tutorial.url, '--report', 'json=-', '--seed', '7'])
    const report = JSON.parse(stdout)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^ {2}location-present /m)
    expect(Object.keys(report)).toEqual([
      'schemaVersion',
      'tool',
      'target',
      'guidelines',
      'startedAt',
      'durationMs',
      'seed',
      'requests',
      'operations',
      'checks',
      'results',
      'exchanges',
      'leftovers',
    ])
    expect(report).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'createonce', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
      target: { baseUrl: tutorial.url, document: `${tutorial.url}/apispec_1.json` },
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      seed: 7,
      operations: [{ id: 'POST /tasks', method: 'POST', path: '/tasks', judged: true }],
      leftovers: [],
    })
    expect(report.requests).toBeGreaterThan(0)
  })

  it('has for every result a verdict, a level, a basis and a source, and its evidence', async () => {
    const cwd = temporaryFolder()
    const some = ['--check', 'created-status-201', 'location-present', 'invalid-is-4xx', 'idem-missing-key']
    const { stdout } = await createonce(['verify', tutorial.url, '--report', 'json=report.json', ...some], { cwd })
    const { results, exchanges } = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))
    const ids = exchanges.map(({ id }: { id: number }) => id)
    for (const result of results) {
      expect(result.verdict).toMatch(/^(pass|fail|inconclusive|skip|error)$/)
      expect(result.level).toMatch(/^(error|warning|note)$/)
      expect(result.basis).toMatch(/^(standard|guideline|derived|convention)$/)
      for (const text of [result.check, result.operation, result.source, result.message]) expect(text).not.toBe('')
      for (const id of result.evidence) expect(ids).toContain(id)
    }
    const finding = results.find(({ check }: { check: string }) => check === 'location-present')
    expect(finding).toMatchObject({ verdict: 'fail', level: 'warning', fix: expect.any(String) })
    expect(finding.reproduce).toMatch(/^curl -i -X POST /)
    const shown = exchanges.find(({ id }: { id: number }) => id === finding.evidence[0])
    expect(shown).toMatchObject({
      request: { method: 'POST', url: `${tutorial.url}/tasks`, body: expect.stringContaining('createonce-') },
      response: { status: 200, headers: expect.arrayContaining([['Content-Type', 'application/json']]) },
    })
    expect(shown.response.ms).toBeGreaterThanOrEqual(0)
    expect(stdout).toMatch(/^ {2}location-present /m)
  })

  it('is not needed by anybody who has closed the pipe: the run goes on to its exit code', async () => {
    const run = startProcess(['verify', tutorial.url, '--report', 'json=-', '--check', 'created-status-201'])
    run.child.stdout!.destroy()
    expect(await run.ended).toMatchObject({ code: 1, stderr: expect.not.stringContaining('EPIPE') })
    expect(tutorial.tasks()).toHaveLength(1)
  })
})

describe('credentials', () => {
  it('given as a header or in the URL are nowhere in what is written, though the service echoes them', async () => {
    const echo = await startFlaskTutorial({ echoes: true })
    const cwd = temporaryFolder()
    const secrets = ['Bearer-s3cret-0123456789', 'tenant-s3cret-42', 'pass-s3cret-word']
    const url = echo.url.replace('//', `//ada:${secrets[2]}@`)
    const run = await createonce(
      [
        'verify',
        url,
        '--header',
        `Authorization: ${secrets[0]}`,
        '--header',
        `X-Tenant: ${secrets[1]}`,
        '--report',
        'json=r.json',
      ],
      { cwd },
    )
    const some = ['--check', 'created-status-201', 'problem-details-valid', 'errors-no-internals']
    const inUrl = await createonce(['verify', url, '--report', 'json=u.json', ...some], { cwd })
    await echo.close()
    const basic = Buffer.from(`ada:${secrets[2]}`).toString('base64')
    expect(echo.seen.length).toBeGreaterThan(50)
    const everything = [
      run.stdout,
      run.stderr,
      inUrl.stdout,
      inUrl.stderr,
      ...['r.json', 'u.json'].map((file) => readFileSync(join(cwd, file), 'utf8')),
    ]
    for (const text of everything) for (const secret of [...secrets, basic]) expect(text).not.toContain(secret)
    expect(everything[4]).toContain('***')
    expect([run.code, inUrl.code]).toEqual([1, 1])
  })

  it('in the URL of a document are not sent to another host that the document names', async () => {
    let authorizations: (string | undefined)[] = []
    const api = await listen((request, response) => {
      authorizations.push(request.headers.authorization)
      request.resume().on('end', () => response.writeHead(201, { Location: '/things/1' }).end())
    })
    const docs = await listen((_request, response) => {
      response.end(JSON.stringify({ ...createThing, servers: [{ url: api.url }] }))
    })
    const url = `${docs.url.replace('//', '//ada:s3cret@')}/openapi.json`
    const options = ['--check', 'created-status-201']
    const run = await createonce(['verify', url, ...options])
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining(`names the server ${api.url}`) })
    expect(new Set(authorizations)).toEqual(new Set([undefined]))

    authorizations = []
    await createonce(['verify', url, '--base-url', api.url.replace('//', '//ada:s3cret@'), ...options])
    await Promise.all([api.close(), docs.close()])
    expect(new Set(authorizations)).toEqual(new Set([`Basic ${Buffer.from('ada:s3cret').toString('base64')}`]))
  })
})

describe.concurrent('wrong usage: exit code 2, and nothing is sent', () => {
  const refused = async (...args: string[]): Promise<string> => {
    const from = tutorial.seen.length
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, 'folder'))
    const { code, stdout, stderr } = await createonce(['verify', ...args], { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(tutorial.seen.slice(from).filter(({ method }) => method !== 'GET')).toEqual([])
    return stderr
  }

  it.each([
    ['--check', 'location-presnt', 'There is no check location-presnt. There are: created-status-201,'],
    ['--skip-check', 'nothing', 'There is no check nothing.'],
    ['--require', 'nothing', 'There is no check nothing.'],
    ['--operation', 'createTask', 'no operation "createTask"; there are: POST /tasks.'],
    ['--header', 'Authorization', "Write it as 'Name: value'."],
    ['--header', 'A b: c', "Write it as 'Name: value'."],
    [
      '--report',
      'xml=report.xml',
      'Write it as FORMAT=FILE, or FORMAT=- for standard output; formats: json, html, junit, sarif, har, github, markdown.',
    ],
    ['--report', 'json=', 'Write it as FORMAT=FILE'],
    ['--report', 'json=no/such/folder/report.json', 'there is no folder no/such/folder'],
    ['--report', 'json=folder', 'that is a folder'],
    ['--fail-on', 'never', 'Allowed choices are error, warning, note.'],
    ['--seed', 'lucky', 'It must be a whole number.'],
    ['--races', '0', 'It must be at least 1.'],
    ['--rate', 'fast', 'It must be a whole number.'],
    ['--duplicates', 'sometimes', 'allowed: reject, return-existing, allow'],
    ['--idempotency', 'maybe', 'allowed: off, optional, required'],
    ['--duplicates', 'createNothing=reject', 'There is no creation named createNothing.'],
    ['--base-url', 'localhost:3000', 'localhost:3000 is not a base URL.'],
  ])('%s %s', async (option, value, said) => {
    expect(await refused(tutorial.url, option, value)).toContain(said)
  })

  it('two reports on standard output', async () => {
    const said = await refused(tutorial.url, '--report', 'json=-', '--report', 'json=-')
    expect(said).toContain('Only one report can go to standard output.')
  })

  it('no target, or a target that an option has swallowed', async () => {
    expect(await refused()).toContain("missing required argument 'target'")
    expect(await refused('--operation', 'createTask', tutorial.url)).toContain(
      'If that is the target, write it before the options.',
    )
  })

  it('a file that is not there, and an address without http://', async () => {
    expect(await refused('openapi.yaml')).toContain('There is no file openapi.yaml.')
    expect(await refused('localhost:5000')).toContain('write http://localhost:5000 in full')
  })

  it('another host without --yes and without a terminal to ask at', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'openapi.json'), JSON.stringify(createThing))
    const { code, stdout, stderr } = await createonce(['verify', 'openapi.json'], { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toBe(
      'createonce: example.invalid is not this machine, and verifying creates resources there (and deletes them again). Say --yes if that is meant.\n',
    )
  })
})

describe.concurrent('a target that cannot be judged: exit code 3', () => {
  let server: Listening

  beforeAll(async () => {
    server = await listen((request, response) => {
      const page = pages[request.url!]
      if (page === undefined) return response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>Not Found</h1>')
      return response.writeHead(200, { 'Content-Type': page.type }).end(page.text)
    })
  })
  afterAll(() => server.close())

  const unjudged = async (target: string): Promise<string> => {
    const { code, stdout, stderr } = await createonce(['verify', target])
    expect([code, stdout]).toEqual([3, ''])
    return stderr
  }

  it('nothing listens there', async () => {
    const url = await nobody()
    expect(await unjudged(url)).toMatch(new RegExp(`^createonce: .+ at ${url}: the connection was refused\\.`))
  })

  it('no document is at the usual places, all of which are named', async () => {
    const said = await unjudged(server.url)
    expect(said).toContain(`createonce: No OpenAPI document was found at ${server.url} or at the usual paths below it.`)
    for (const path of ['/openapi.json', '/openapi.yaml', '/swagger.json', '/v3/api-docs']) expect(said).toContain(path)
    expect(said.split('\n').length).toBeLessThan(15)
  })

  it.each([
    ['/html/openapi.json', 'answers an HTML page, not an OpenAPI document'],
    ['/other/openapi.json', 'is not an OpenAPI document: it has neither an "openapi" nor a "swagger" member'],
    ['/broken/openapi.yaml', 'is neither JSON nor YAML'],
    ['/reads/openapi.json', 'describes no creation'],
    ['/login/openapi.json', 'POST /login: it is about logging in'],
    ['/none/openapi.json', 'answers 404 instead of a document'],
  ])('%s %s', async (path, said) => {
    expect(await unjudged(server.url + path)).toContain(said)
  })

  it('the API is down, though its document can be read: the partial report is written', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'openapi.json'), JSON.stringify(createThing))
    const { code, stdout } = await createonce(
      ['verify', 'openapi.json', '--base-url', await nobody(), '--report', 'json=report.json'],
      { cwd },
    )
    expect(code).toBe(3)
    expect(stdout).toMatch(/^not judged createThing$/m)
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))
    expect(report.operations).toMatchObject([{ id: 'createThing', judged: false, reason: expect.any(String) }])
  })

  it('what the document says does not act on the terminal', async () => {
    expect(await unjudged(`${server.url}/hostile/openapi.json`)).not.toContain('\u001b')
  })
})

const createThing = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  servers: [{ url: 'http://example.invalid' }],
  paths: {
    '/things': {
      post: {
        operationId: 'createThing',
        requestBody: {
          content: {
            'application/json': {
              schema: { type: 'object', required: ['title'], properties: { title: { type: 'string' } } },
            },
          },
        },
        responses: { 201: { description: 'Created.' } },
      },
    },
  },
}

const login = (path: string) => ({
  ...createThing,
  paths: { [path]: { post: { responses: { 200: { description: 'In.' } } } } },
})
const json = (value: unknown) => ({ type: 'application/json', text: JSON.stringify(value) })
const pages: Record<string, { type: string; text: string }> = {
  '/html/openapi.json': { type: 'text/html', text: '<!doctype html><title>Docs</title>' },
  '/other/openapi.json': json({ hello: 'world' }),
  '/broken/openapi.yaml': { type: 'text/yaml', text: 'openapi: [' },
  '/reads/openapi.json': json({ ...createThing, paths: { '/things': { get: { responses: {} } } } }),
  '/login/openapi.json': json(login('/login')),
  '/hostile/openapi.json': json(login('/login\u001b[2J\u001b]0;owned\u0007')),
}
