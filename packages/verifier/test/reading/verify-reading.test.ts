import { afterEach, describe, expect, test } from 'vitest'
import { createClient } from '../../src/http/client.ts'
import { applyBaseline, type experiments, pass, type Report } from '../../src/index.ts'
import { OnlyReads } from '../../src/reading/only-reads.ts'
import { readOnlyClient } from '../../src/reading/read-only-client.ts'
import { runVerify } from '../run-verify.ts'
import { type Answering, serve } from '../targets/serve.ts'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

const problem = (status: number, headers: Readonly<Record<string, string>> = {}): Answering => ({
  ...{ status, headers: { 'Content-Type': 'application/problem+json', ...headers }, body: { title: 'no', status } },
})
const ok = { description: '', content: { 'application/json': { schema: { type: 'object' } } } }
const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }
const post = { requestBody: { content: { 'application/json': { schema } } }, responses: { 201: ok } }
const id = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } })

/** A library with shelves and the books on them, which writes down what it was asked. */
async function library(answer: (method: string, path: string) => Answering | undefined = () => undefined) {
  const asked: string[] = []
  const api = await serve(
    (origin) => ({
      openapi: '3.1.0',
      info: { title: 'Library', version: '1' },
      servers: [{ url: origin }],
      paths: {
        '/shelves': { get: { responses: { 200: ok } }, post: { operationId: 'addShelf', ...post } },
        '/shelves/{shelf}': { parameters: [id('shelf')], get: { responses: { 200: ok } }, delete: { responses: {} } },
        '/shelves/{shelf}/books': {
          parameters: [id('shelf')],
          get: { responses: { 200: ok } },
          post: { operationId: 'addBook', ...post },
        },
        '/shelves/{shelf}/books/{book}': {
          parameters: [id('shelf'), id('book')],
          get: { responses: { 200: ok } },
          delete: { responses: {} },
        },
      },
    }),
    (method, { pathname }) => {
      asked.push(`${method} ${pathname}`)
      const own = answer(method, pathname)
      if (own !== undefined) return own
      if (method === 'OPTIONS') return { status: 204, headers: { Allow: 'GET, POST' } }
      if (method !== 'GET') return problem(500)
      if (pathname === '/shelves') return { status: 200, body: [{ id: 'a1', name: 'poems' }] }
      if (pathname === '/shelves/a1/books') return { status: 200, body: [{ id: 'b2', name: 'odes' }] }
      return ['/shelves/a1', '/shelves/a1/books/b2'].includes(pathname)
        ? { status: 200, body: { id: pathname.slice(-2), name: 'x' } }
        : problem(404)
    },
  )
  close = api.close
  return { document: api.document, asked }
}

const verdictsOf = (report: Report, operation: string) =>
  Object.fromEntries(report.results.filter((one) => one.operation === operation).map((one) => [one.check, one.verdict]))

describe('a run that only reads', () => {
  test('sends nothing but GET, HEAD and OPTIONS, also where it finds something, is hostile and has a second principal', async () => {
    const { document, asked } = await library((method, path) =>
      method === 'GET' && path.endsWith('unknown') ? { status: 404, body: 'at /srv/app/index.js:1:1' } : undefined,
    )
    const other = [['Authorization', 'Bearer other']] as const
    const { report } = await runVerify(document, { readOnly: true, hostile: true, headers: other, otherHeaders: other })
    expect(report.results.filter(({ verdict }) => verdict === 'fail').length).toBeGreaterThan(1)
    expect(new Set(asked.map((one) => one.split(' ')[0]))).toEqual(new Set(['GET', 'OPTIONS']))
    expect(asked.length).toBe(report.requests)
    expect(report).toMatchObject({ readOnly: true, leftovers: [] })
  })

  test('reads the collection, what is in it, and what nobody has, below parents that exist', async () => {
    const { document, asked } = await library()
    await runVerify(document, { readOnly: true, operations: ['addBook'] })
    expect(new Set(asked)).toEqual(
      new Set([
        'GET /shelves',
        'GET /shelves/a1/books',
        'GET /shelves/a1/books/b2',
        'GET /shelves/a1/books/createonce-unknown',
        'OPTIONS /shelves/a1/books',
      ]),
    )
  })

  test('judges what that shows, and says of the rest that it takes a creation', async () => {
    const { document } = await library()
    const { report } = await runVerify(document, { readOnly: true })
    for (const { id: operation, judged } of report.operations) {
      expect(judged).toBe(true)
      const {
        'status-code-registered': status,
        'problem-details-valid': problems,
        ...rest
      } = verdictsOf(report, operation)
      const { 'errors-no-internals': internals, 'method-405-allow': allow, ...others } = rest
      expect([status, problems, internals, allow]).toEqual(['pass', 'pass', 'pass', 'skip'])
      expect(Object.values(others).filter((one) => one === 'pass' || one === 'fail' || one === 'error')).toEqual([])
    }
    const created = report.results.find(({ check }) => check === 'created-status-201')
    expect(created?.message).toBe('the run only reads, and to know this something has to be created')
  })

  test.each([
    ['an error as a page', 'problem-details-valid', () => ({ status: 404, body: '<h1>no</h1>' })],
    ['a stack trace', 'errors-no-internals', () => problemWith('Error: no\n    at find (/srv/app/index.js:10:5)')],
    ['a status that there is not', 'status-code-registered', () => problem(499)],
  ])('finds %s', async (_, check, answer) => {
    const { document } = await library((method, path) =>
      method === 'GET' && path.endsWith('unknown') ? answer() : undefined,
    )
    const { report } = await runVerify(document, { readOnly: true })
    expect(verdictsOf(report, 'addShelf')[check]).toBe('fail')
  })

  test.each([
    ['a 405 without Allow is a broken rule', problem(405), 'fail'],
    ['a 405 with it is none', problem(405, { Allow: 'GET, POST' }), 'pass'],
    ['an Allow that lacks a create that was not tried tells nothing', problem(405, { Allow: 'GET' }), 'inconclusive'],
    ['a 404 tells nothing', problem(404), 'inconclusive'],
  ])('asks for OPTIONS: %s', async (_, answer, verdict) => {
    const { document } = await library((method) => (method === 'OPTIONS' ? answer : undefined))
    const { report } = await runVerify(document, { readOnly: true })
    expect(verdictsOf(report, 'addShelf')['method-405-allow']).toBe(verdict)
  })

  test('blames nobody where no read succeeds, for it may be somebody else who answers', async () => {
    const { document, asked } = await library((method) =>
      method === 'OPTIONS' ? problem(405) : { status: 404, body: '<h1>?</h1>' },
    )
    const { report } = await runVerify(document, { readOnly: true })
    expect(report.results.filter(({ verdict }) => verdict !== 'inconclusive' && verdict !== 'skip')).toEqual([])
    expect(report.operations.map(({ judged }) => judged)).toEqual([false, false])
    expect(asked.length).toBeGreaterThan(0)
  })

  test('reports only what it sees a second time', async () => {
    let seen = 0
    const { document } = await library((method, path) =>
      method === 'GET' && path === '/shelves/createonce-unknown' && seen++ === 0 ? problem(499) : undefined,
    )
    const { report } = await runVerify(document, { readOnly: true, operations: ['addShelf'] })
    expect(verdictsOf(report, 'addShelf')['status-code-registered']).toBe('inconclusive')
  })

  test('keeps a check of one’s own from sending what it must not', async () => {
    const { document, asked } = await library()
    const own = {
      ...{ id: 'own-post', title: 'T', level: 'note', group: 'own', basis: 'convention', source: 'own' },
      run: async (ask: (one: typeof experiments.created) => Promise<unknown>) => {
        await ask({ name: 'post', run: (lab) => lab.post({ body: {} }) })
        return pass()
      },
    } as const
    const { report } = await runVerify(document, { readOnly: true, ownChecks: [own as never] })
    expect(verdictsOf(report, 'addShelf')['own-post']).toBe('inconclusive')
    expect(asked.some((one) => one.startsWith('POST'))).toBe(false)
  })

  test('makes no baseline forget what it could not see', async () => {
    const { document } = await library()
    const { report } = await runVerify(document, { readOnly: true, operations: ['addShelf'] })
    await close()
    const { report: found } = await runVerify(
      (await library((method, path) => (path.endsWith('unknown') && method === 'GET' ? problem(499) : undefined)))
        .document,
      { readOnly: true, operations: ['addShelf'] },
    )
    const known = found.results.flatMap(({ id: finding, check, operation, level, verdict }) =>
      verdict === 'fail' ? [{ id: finding ?? '', check, operation, level }] : [],
    )
    expect(known).toHaveLength(1)
    expect(applyBaseline(report, known).baseline).toEqual({ vanished: [], open: known })
  })
})

function problemWith(detail: string): Answering {
  return { ...problem(404), body: { title: 'no', status: 404, detail } }
}

describe('the client of such a run', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'get'])('sends no %s, in no way', async (method) => {
    const { document, asked } = await library()
    const { origin } = new URL(document)
    const client = readOnlyClient(createClient({ origin }))
    const request = { method, url: `${origin}/shelves` }
    await expect(client.send(request)).rejects.toThrow(OnlyReads)
    await expect(client.race([request, request])).rejects.toThrow(OnlyReads)
    await expect(client.hangUp(request)).rejects.toThrow(OnlyReads)
    client.cleanUp()
    await expect(client.send(request)).rejects.toThrow(OnlyReads)
    client.close()
    expect(asked).toEqual([])
  })
})
