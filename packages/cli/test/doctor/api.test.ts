import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Profile } from '../../src/config/config.ts'
import { closedPort, serving } from './listening.ts'
import { lines, look } from './look.ts'

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  paths: {
    '/orders': {
      get: { operationId: 'listOrders', responses: { 200: { description: 'all' } } },
      post: {
        operationId: 'createOrder',
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 201: { description: 'made' } },
      },
    },
  },
}

const BROKEN = { content: { 'application/json': { schema: { $ref: '#/components/schemas/None' } } } }

/** What answers at which path: a status, a document, or the whole answer. */
type Answers = Readonly<Record<string, number | object | RequestListener>>

const serve = (answers: Answers): Promise<string> =>
  serving((request, response) => {
    const answer = answers[request.url!] ?? 404
    if (typeof answer === 'function') return answer(request, response)
    response.statusCode = typeof answer === 'number' ? answer : 200
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(typeof answer === 'number' ? {} : answer))
  })
const nobody = async () => `http://localhost:${await closedPort()}`

describe('api-reachable', () => {
  it.each([
    [200, 'good'],
    [404, 'good'],
    [401, 'good'],
    [500, 'good'],
    [503, 'warning'],
    [502, 'bad'],
    [504, 'bad'],
  ])('takes the answer %i at the base URL for %s', async (status, kind) => {
    const baseUrl = await serve({ '/': status })
    expect((await look('api-reachable', { baseUrl }))[0]!.kind).toBe(kind)
  })

  it('says when nobody answers', async () => {
    expect((await lines('api-reachable', { baseUrl: await nobody() }))[0]).toMatch(/^bad .*ECONNREFUSED/)
  })

  it('says when no answer comes in time', async () => {
    const baseUrl = await serve({ '/': () => {} })
    expect(await lines('api-reachable', { baseUrl }, { timeoutMs: 50 })).toEqual([
      `bad ${baseUrl}: no answer within 50 ms`,
    ])
  })

  it('judges no address of which a part is not set', async () => {
    const unset = [{ place: 'baseUrl', variable: 'API_URL' }]
    expect(await lines('api-reachable', { baseUrl: '' }, { unset })).toEqual(['unknown : API_URL is not set'])
  })
})

describe('api-ready', () => {
  const see = async (answers: Answers, ready?: string) =>
    lines('api-ready', { baseUrl: `${await serve(answers)}/shop/`, ...(ready && { ready }) })

  it('is content with 2xx below the base URL', async () => {
    expect(await see({ '/shop/health/ready': 200 })).toEqual(['good /health/ready: it answers 200'])
    expect(await see({ '/shop/up': 204 }, '/up')).toEqual(['good /up: it answers 204'])
  })

  it('refuses anything else at the place that the profile names', async () => {
    expect(await see({ '/shop/up': 503 }, '/up')).toEqual(['bad /up: it answers 503'])
    expect(await see({}, '/up')).toEqual(['bad /up: it answers 404'])
  })

  it('refuses 503 at the usual place, and concludes nothing from its absence', async () => {
    expect(await see({ '/shop/health/ready': 503 })).toEqual(['bad /health/ready: it answers 503'])
    expect(await see({})).toEqual(['unknown /health/ready: it answers 404'])
  })

  it('leaves an API that does not answer to api-reachable', async () => {
    expect((await look('api-ready', { baseUrl: await nobody() }))[0]!.kind).toBe('unknown')
  })
})

describe('the document', () => {
  const IDS = ['document-found', 'document-valid', 'document-creations'] as const
  const see = async (profile: Parameters<typeof look>[1], more: Parameters<typeof look>[2] = {}) =>
    Promise.all(IDS.map(async (id) => (await look(id, profile, more))[0]!.kind))

  it('is found below the base URL, valid, with its creation', async () => {
    const baseUrl = await serve({ '/openapi.json': DOCUMENT })
    expect(await lines('document-found', { baseUrl })).toEqual([
      `good : Shop, OpenAPI 3.1.0, at ${baseUrl}/openapi.json`,
    ])
    expect(await lines('document-creations', { baseUrl })).toEqual(['good : createOrder'])
    expect(await see({ baseUrl })).toEqual(['good', 'good', 'good'])
  })

  it('may be a file beside the configuration', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'createonce-document-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(DOCUMENT))
    const file = join(folder, 'createonce.config.json')
    expect(await see({ document: 'openapi.json' }, { file })).toEqual(['good', 'good', 'good'])
    expect(await see({ document: 'other.json' }, { file })).toEqual(['bad', 'unknown', 'unknown'])
  })

  it('that is named and not there is bad; that is looked for in vain, a warning', async () => {
    const baseUrl = await serve({})
    expect(await see({ baseUrl, document: `${baseUrl}/openapi.json` })).toEqual(['bad', 'unknown', 'unknown'])
    expect(await see({ baseUrl })).toEqual(['warning', 'unknown', 'unknown'])
  })

  it('of an API that does not answer is unknown', async () => {
    expect(await see({ baseUrl: await nobody() })).toEqual(['unknown', 'unknown', 'unknown'])
  })

  it('is read with the headers of the profile', async () => {
    const baseUrl = await serve({
      '/openapi.json': (request, response) =>
        request.headers.authorization === 'Bearer t'
          ? response.end(JSON.stringify(DOCUMENT))
          : response.writeHead(401).end(),
    })
    const document = `${baseUrl}/openapi.json`
    expect(await see({ baseUrl, document, headers: { Authorization: 'Bearer t' } })).toEqual(['good', 'good', 'good'])
    expect((await see({ baseUrl, document }))[0]).toBe('bad')
    const unset = [{ place: 'headers.Authorization', variable: 'TOKEN' }]
    expect((await see({ baseUrl, document }, { unset }))[0]).toBe('unknown')
  })

  it.each([
    ['does not parse', (_: unknown, response: Parameters<RequestListener>[1]) => void response.end('{ "openapi": ')],
    ['is no OpenAPI', { name: 'Shop' }],
    [
      'refers to what is not there',
      {
        ...DOCUMENT,
        paths: { '/orders': { post: { ...DOCUMENT.paths['/orders'].post, requestBody: BROKEN } } },
      },
    ],
  ])('that %s is found and not valid', async (_, answer) => {
    const baseUrl = await serve({ '/openapi.json': answer })
    expect(await see({ baseUrl, document: `${baseUrl}/openapi.json` })).toEqual(['good', 'bad', 'unknown'])
  })

  it('with something wrong in it that can be understood has a warning for each', async () => {
    const wrong = { ...DOCUMENT, paths: { ...DOCUMENT.paths, '/broken': { get: { $ref: '#/nothing' } } } }
    const baseUrl = await serve({ '/openapi.json': wrong })
    const readings = await look('document-valid', { baseUrl })
    expect(readings.map(({ kind }) => kind)).toEqual(readings.map(() => 'warning'))
    expect(readings.length).toBeGreaterThan(0)
  })

  it('without a creation says what its operations are instead', async () => {
    const { get } = DOCUMENT.paths['/orders']
    const baseUrl = await serve({ '/openapi.json': { ...DOCUMENT, paths: { '/orders': { get } } } })
    expect(await see({ baseUrl })).toEqual(['good', 'unknown', 'bad'])
  })
})

describe('public-base-url-reached', () => {
  const api: Answers = { '/openapi.json': DOCUMENT, '/health/ready': 200, '/orders': [] }
  const see = async (own: Answers, there: Answers, path = '/shop') =>
    lines('public-base-url-reached', { baseUrl: await serve(own), publicBaseUrl: `${await serve(there)}${path}` })

  it('has nothing to say where there is no other address', async () => {
    const baseUrl = await serve(api)
    expect(await lines('public-base-url-reached', { baseUrl })).toEqual([])
    expect(await lines('public-base-url-reached', { baseUrl, publicBaseUrl: `${baseUrl}/` })).toEqual([])
  })

  it('is content when readiness, the document or a list is the same there', async () => {
    for (const path of Object.keys(api)) {
      const [line] = await see(api, { [`/shop${path}`]: api[path]! })
      expect(line, path).toMatch(/^good .*: the same at /)
    }
  })

  it('refuses an address with another path prefix', async () => {
    const [line] = await see(api, { '/store/health/ready': 200, '/store/openapi.json': DOCUMENT, '/store/orders': [] })
    expect(line).toMatch(/^bad .*\/orders answers 404/)
  })

  it('refuses a website that answers 200 to everything', async () => {
    const page: RequestListener = (_, response) => response.setHeader('content-type', 'text/html').end('<p>Shop</p>')
    const [line] = await see(api, Object.fromEntries(Object.keys(api).map((path) => [`/shop${path}`, page])))
    expect(line).toMatch(/^bad .*200 text\/html, not 200 application\/json/)
  })

  it('refuses an address where nobody is', async () => {
    const publicBaseUrl = await nobody()
    const [line] = await lines('public-base-url-reached', { baseUrl: await serve(api), publicBaseUrl })
    expect(line).toMatch(/^bad .*ECONNREFUSED/)
  })

  it('only warns where a proxy may hide what is missing', async () => {
    const [line] = await see({ '/health/ready': 200 }, {})
    expect(line).toMatch(/^warning .*\/health\/ready answers 404/)
  })

  it('concludes nothing where there is nothing to compare', async () => {
    expect((await see({}, {}))[0]).toMatch(/^unknown /)
  })
})

describe('public-base-url-location', () => {
  const see = async (servers: readonly string[], path = '/shop') => {
    const document = { ...DOCUMENT, servers: servers.map((url) => ({ url })) }
    const url = await serve({ '/openapi.json': document, '/shop/openapi.json': document })
    const seen = await lines('public-base-url-location', { baseUrl: url, publicBaseUrl: `${url}${path}` })
    return seen[0]!.replaceAll(url, 'URL')
  }

  it('is content when a server of the document has the path of the public base URL', async () => {
    expect(await see(['https://a.example/v1', 'https://b.example/shop/'])).toBe(
      'good URL/shop: the document names https://b.example/shop/',
    )
  })

  it('takes a relative server as clients see it', async () => {
    expect(await see(['.'])).toBe('good URL/shop: the document names URL/shop/')
    expect(await see(['/'])).toBe('warning URL/shop: the document names URL/')
  })

  it('warns when the document sends clients elsewhere', async () => {
    expect(await see(['https://b.example/store'])).toBe('warning URL/shop: the document names https://b.example/store')
    // Also where the document is not to be had from outside.
    expect(await see(['https://b.example/store'], '/hidden')).toMatch(/^warning /)
  })

  it('concludes nothing from a document that names no server, or only seems to', async () => {
    expect(await see([])).toMatch(/^unknown /)
    expect(await see(['/'], '/hidden')).toMatch(/^unknown /)
  })

  it('has nothing to say without a public base URL', async () => {
    expect(await lines('public-base-url-location', {})).toEqual([])
  })
})

describe('credentials-accepted', () => {
  /** Orders that only some may list. */
  const shop = (status: (authorization: string | undefined) => number) =>
    serve({
      '/openapi.json': DOCUMENT,
      '/orders': ({ headers }, response) => response.writeHead(status(headers.authorization)).end('[]'),
    })
  const asUser = { Authorization: 'Bearer right' }
  const asOther = { Authorization: 'Bearer wrong' }
  const see = async (baseUrl: string, profile: Pick<Partial<Profile>, 'headers' | 'otherHeaders'>) =>
    (await look('credentials-accepted', { baseUrl, ...profile })).map(({ kind, subject }) => `${kind} ${subject}`)
  const closed = (authorization: string | undefined) => (authorization === asUser.Authorization ? 200 : 401)

  it('is content when a list can be read with them', async () => {
    expect(await see(await shop(closed), { headers: asUser })).toEqual(['good headers'])
  })

  it('refuses 401, for either principal', async () => {
    expect(await see(await shop(closed), { headers: asOther })).toEqual(['bad headers'])
    expect(await see(await shop(closed), { headers: asUser, otherHeaders: asOther })).toEqual([
      'good headers',
      'bad otherHeaders',
    ])
  })

  it('refuses 403 where everybody gets it', async () => {
    expect(await see(await shop(() => 403), { headers: asUser })).toEqual(['bad headers'])
  })

  it('only warns of 403 where strangers get 401: who may not list may yet create', async () => {
    const baseUrl = await shop((authorization) => (authorization === undefined ? 401 : 403))
    expect(await see(baseUrl, { headers: asUser })).toEqual(['warning headers'])
  })

  it('only warns where the profile has no credentials', async () => {
    expect(await see(await shop(closed), {})).toEqual(['warning headers'])
    expect(await see(await shop(() => 200), {})).toEqual(['good headers'])
  })

  it('concludes nothing without a list, or from an answer that is about something else', async () => {
    expect(await see(await serve({}), { headers: asUser })).toEqual(['unknown headers'])
    expect(await see(await shop(() => 429), { headers: asUser })).toEqual(['unknown headers'])
  })

  it('judges no credential that is not set', async () => {
    const unset = [{ place: 'headers.Authorization', variable: 'TOKEN' }]
    const headers = { Authorization: 'Bearer ' }
    expect(await lines('credentials-accepted', { baseUrl: await shop(closed), headers }, { unset })).toEqual([
      'unknown headers: TOKEN is not set',
    ])
  })
})

describe('clock-skew', () => {
  const see = async (seconds: number) => {
    const baseUrl = await serve({ '/': 404 })
    return (await lines('clock-skew', { baseUrl }, { now: () => Date.now() + seconds * 1000 }))[0]
  }

  it.each([
    [0, /^good : they agree$/],
    [-4, /^good /],
    [10, /^warning : the API is \d+ s behind$/],
    [-10, /^warning : the API is \d+ s ahead$/],
    [70, /^bad : the API is \d+ s behind$/],
    [-70, /^bad : the API is \d+ s ahead$/],
  ])('judges a clock that is %i s ahead of that of the API', async (seconds, line) => {
    expect(await see(seconds)).toMatch(line)
  })

  it('concludes nothing from an answer without a Date, or out of a cache', async () => {
    const old = new Date(0).toUTCString()
    const silent = await serve({
      '/': (_, response) => {
        response.sendDate = false
        response.end()
      },
    })
    const cached = await serve({ '/': (_, response) => response.writeHead(200, { date: old, age: '60' }).end() })
    expect(await lines('clock-skew', { baseUrl: silent })).toEqual(['unknown : the answer has no Date'])
    expect(await lines('clock-skew', { baseUrl: cached })).toEqual(['unknown : the answer came out of a cache'])
  })
})
