import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createProgram } from '../src/create-program.ts'
import { UsageError } from '../src/usage-error.ts'
import { createonce, type Ended, temporaryFolder } from './createonce.ts'
import { type FlaskTutorial, startFlaskTutorial } from './targets/flask-tutorial.ts'
import { listen } from './targets/listen.ts'

interface Result {
  readonly check: string
  readonly level: string
  readonly verdict: string
}

let tutorial: FlaskTutorial

beforeAll(async () => {
  tutorial = await startFlaskTutorial()
})
afterAll(() => tutorial.close())

async function verify(...words: string[]): Promise<Ended & { findings: string[]; report: { results: Result[] } }> {
  const cwd = temporaryFolder()
  const run = await createonce(['verify', ...words, '--report', 'json=r.json'], { cwd })
  const report = JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8')) as { results: Result[] }
  const failed = report.results.filter(({ verdict }) => verdict === 'fail')
  return { ...run, report, findings: failed.map(({ check, level }) => `${level} ${check}`) }
}

describe.concurrent('a service without a document is judged by one example request', () => {
  const spellings: [string, (url: string) => string[]][] = [
    ['in the spelling of HTTPie', (url) => ['POST', `${url}/tasks`, 'title=tea', 'done:=false']],
    ['without its method, as HTTPie has it', (url) => [`${url}/tasks`, 'title=tea', 'done:=false']],
    ['with --json', (url) => ['POST', `${url}/tasks`, '--json', '{"title":"tea","done":false}']],
    ['with --curl', (url) => ['--curl', `curl -X POST ${url}/tasks --json '{"title":"tea","done":false}'`]],
  ]

  it.each(spellings)('%s', async (_, words) => {
    const service = await startFlaskTutorial()
    const { code, findings } = await verify(...words(service.url))
    expect(findings).toEqual(expect.arrayContaining(['warning created-status-201', 'warning location-present']))
    // A 500 and a 405 without Allow need no document to be wrong.
    const errors = findings.filter((one) => one.startsWith('error'))
    expect(errors.sort()).toEqual(['error invalid-is-4xx', 'error method-405-allow'])
    expect(code).toBe(1)
    expect(service.tasks()).toHaveLength(1)
    await service.close()
  })

  it('what it cannot show is asked for: --unique with --duplicates, --required', async () => {
    const request = ['POST', `${tutorial.url}/tasks`, 'title=tea', 'done:=false']
    const plain = await verify(...request, '--check', 'duplicate-policy-enforced', 'invalid-is-4xx')
    expect(plain.report.results.map(({ check, verdict }) => `${check} ${verdict}`)).toContain(
      'duplicate-policy-enforced skip',
    )
    const told = await verify(
      ...[...request, '--check', 'duplicate-policy-enforced', 'invalid-is-4xx'],
      ...['--unique', 'title', '--duplicates', 'reject', '--required', 'title'],
    )
    expect(told.findings).toEqual(expect.arrayContaining(['error duplicate-policy-enforced']))
  })
})

describe('an example request', () => {
  it('is sent with its header lines and its query, which are masked, and without its key', async () => {
    const seen: { headers: Record<string, unknown>; url: string }[] = []
    const api = await listen((request, response) => {
      seen.push({ headers: request.headers, url: request.url! })
      request.resume().on('end', () => response.writeHead(201, { Location: '/items/1' }).end('{"id":1}'))
    })
    const words = ['POST', `${api.url}/items`, 'X-Tenant:s3cret-tenant', 'dry==0', 'name=tea', 'Idempotency-Key:k']
    const { stderr, stdout, report } = await verify(...words, '--check', 'created-status-201')
    await api.close()
    const creates = seen.filter(({ url }) => url === '/items?dry=0')
    expect(creates.length).toBeGreaterThan(0)
    for (const { headers } of creates) {
      expect(headers).toMatchObject({ 'x-tenant': 's3cret-tenant', 'content-type': 'application/json' })
      expect(headers['idempotency-key']).toBeUndefined()
    }
    expect(JSON.stringify(report) + stdout + stderr).not.toContain('s3cret')
    expect(stderr).toContain('Note: Idempotency-Key of the example is not sent; where the API takes keys, say')
  })

  it.each([
    [['POST'], 'POST needs a URL: createonce verify POST http://localhost:5000/items name=tea.'],
    [['POST', 'localhost:5000/items', 'a=b'], 'localhost:5000/items is not the URL of a request.'],
    [['GET', 'http://localhost:5000/items'], 'GET does not create'],
    [['POST', 'http://localhost:5000/items', 'tea'], 'tea is no part of a request'],
    [['POST', 'http://localhost:5000/items', 'a=b', '--json', '{}'], '--json is the whole body; a stands beside it.'],
    [['POST', 'http://localhost:5000/items', '--json', '{'], '--json is no JSON ('],
    [['POST', 'http://localhost:5000/items', '--json', '[1]'], 'The example sends a list'],
    [['POST', 'http://localhost:5000/items', 'a=b', 'Content-Type:text/xml'], 'The example sends text/xml'],
    [['POST', 'http://localhost:5000/items', 'a=b', '--base-url', 'http://x'], '--base-url belongs to a document'],
    [['POST', 'http://localhost:5000/items', 'a=b', '--duplicates', 'x=reject'], 'There is no creation named x.'],
    [['--curl', 'curl -k http://localhost:5000/items'], '-k of the curl command is not supported.'],
    [['http://localhost:5000', '--curl', 'curl http://a'], '--curl is the whole request; http://localhost:5000 stands'],
    [['--json', '{}', '--curl', 'curl http://a'], '--curl is the whole request; --json stands beside it.'],
  ])('%j is wrong usage: %s', async (words, said) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      // What is told without the process around it is told faster; that the process ends with 2 is shown elsewhere.
      const told = await createProgram()
        .parseAsync(['node', 'createonce', 'verify', ...words])
        .then(
          () => [process.exitCode, write.mock.calls.join('')],
          (error: unknown) => [error instanceof UsageError ? 2 : error, `createonce: ${(error as Error).message}`],
        )
      expect(told).toEqual([2, expect.stringContaining(`createonce: ${said}`)])
    } finally {
      write.mockRestore()
      process.exitCode = undefined
    }
  })

  it('on another host is sent only with --yes', async () => {
    const { code, stderr } = await createonce(['verify', 'POST', 'http://example.invalid/items', 'name=tea'])
    expect(code).toBe(2)
    expect(stderr).toContain('example.invalid is not this machine')
  })
})
