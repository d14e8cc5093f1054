import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alerts } from '@createonce/server/observe'
import { type SqliteStore, sqliteStore } from '@createonce/server/sqlite'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildBookshop } from '../../../src/bookshop/app.ts'
import { bookshopTables } from '../../../src/bookshop/tables.ts'
import { toConditions } from '../../../src/serve/conditions/options/to-conditions.ts'
import { createMetrics } from '../../../src/serve/pages/metrics/create-metrics.ts'
import { httpMetric } from '../../../src/serve/pages/metrics/http-duration.ts'
import { startCreateonce, temporaryFolder } from '../../createonce.ts'
import { send } from '../../send.ts'

const order = { email: 'ada@example.org', lines: [{ title: 'Middlemarch', quantity: 1 }] }
const metrics = createMetrics()
let folder: string
let store: SqliteStore
let app: FastifyInstance
let url: string

async function serveAgain(): Promise<void> {
  app = buildBookshop({ conditions: toConditions(), store, metrics, logs: false })
  await app.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'createonce-metrics-'))
  store = await sqliteStore({ file: join(folder, 'data.db'), schema: bookshopTables, observe: metrics.observe })
  await serveAgain()
})
afterAll(async () => {
  await app.close()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const read = async () => (await send('GET', `${url}/metrics`)).body
const create = (key: string) => send('POST', `${url}/orders`, { body: order, headers: { 'Idempotency-Key': key } })

/** The value of a series; undefined where there is none. */
function seriesOf(text: string, name: string, labels: Readonly<Record<string, string>>): number | undefined {
  const line = text.split('\n').find((one) => {
    const [, of, written = ''] = /^(\w+)(?:\{(.*)\})? /.exec(one) ?? []
    const has = new Set(written.split(',').filter((pair) => pair !== ''))
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
    return of === name && has.size === wanted.length && wanted.every((pair) => has.has(pair))
  })
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

const answered = (text: string, method: string, route: string | undefined, status: number) =>
  seriesOf(text, `${httpMetric.name}_count`, {
    http_request_method: method,
    ...(route !== undefined && { http_route: route }),
    http_response_status_code: String(status),
  })

describe('/metrics', () => {
  it('is in the text format of Prometheus', async () => {
    const { status, headers } = await send('GET', `${url}/metrics`)
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'no-store',
    ])
  })

  it('counts what became of creations, and what the store committed', async () => {
    const count = (text: string, outcome: string) =>
      seriesOf(text, 'createonce_creations_total', { operation: 'createOrder', outcome })
    const before = await read()
    expect([count(before, 'created'), count(before, 'replayed')]).toEqual([0, 0])
    await create('one')
    await create('one')
    await send('POST', `${url}/orders`, { body: order })
    const after = await read()
    expect([count(after, 'created'), count(after, 'replayed')]).toEqual([1, 1])
    expect(
      seriesOf(after, 'createonce_creations_total', {
        operation: 'createOrder',
        outcome: 'rejected',
        code: 'idempotency-key-missing',
      }),
    ).toBe(1)
    expect(seriesOf(after, 'createonce_store_commit_size_count', { store: 'sqlite' })).toBeGreaterThan(0)
  })

  it('measures each answer by method, route and status, whatever stands in the path', async () => {
    const made = await create('two')
    const before = await read()
    await send('GET', url + made.headers.location!)
    await send('GET', `${url}/orders/nothing-of-this-name`)
    await send('DELETE', url + made.headers.location!)
    const after = await read()
    const grown = (...series: [string, string, number]) =>
      (answered(after, ...series) ?? 0) - (answered(before, ...series) ?? 0)
    expect(grown('GET', '/orders/:id', 200)).toBe(1)
    expect(grown('GET', '/orders/:id', 404)).toBe(1)
    expect(grown('DELETE', '/orders/:id', 204)).toBe(1)
    expect(answered(after, 'POST', '/orders', 201)).toBeGreaterThan(0)
    expect(after).not.toContain('nothing-of-this-name')
  })

  it('gives a path that no route takes no series of its own, and seldom methods one together', async () => {
    await send('GET', `${url}/made-up-by-a-client`)
    await send('GET', `${url}/made-up/again`)
    await send('PROPFIND', `${url}/orders`)
    await send('PURGE', `${url}/made-up`)
    const text = await read()
    expect(answered(text, 'GET', undefined, 404)).toBe(2)
    expect(text).toContain('http_request_method="_OTHER"')
    expect(text).not.toMatch(/made-up|PROPFIND|PURGE/)
  })

  it('has every metric that an alert asks for', async () => {
    const text = await read()
    const asked = new Set(
      alerts.flatMap(({ expression }) =>
        [...expression.matchAll(/createonce_\w+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, '')),
      ),
    )
    expect(asked.size).toBeGreaterThan(4)
    for (const name of asked) expect(text).toContain(`# TYPE ${name} `)
  })

  it('goes on counting when the server is built again', async () => {
    await app.close()
    const before = answered((await metrics.read()).text, 'POST', '/orders', 201)!
    await serveAgain()
    await create('three')
    expect(answered(await read(), 'POST', '/orders', 201)).toBe(before + 1)
  })
})

describe('a route whose config names its template', () => {
  it('is measured by that', async () => {
    const own = createMetrics()
    const server = fastify()
    own.watch(server)
    server.get('/notes/:p0([^/]+?)', { config: { template: '/notes/{noteId}' } as object }, () => 'a note')
    const address = await server.listen({ port: 0, host: '127.0.0.1' })
    await send('GET', `${address}/notes/7`)
    await server.close()
    expect(answered((await own.read()).text, 'GET', '/notes/{noteId}', 200)).toBe(1)
  })
})

describe('a document that is served', () => {
  it('has its routes measured by the names that it gives them', async () => {
    const cwd = temporaryFolder()
    const schema = { type: 'object', properties: { id: { type: 'string', readOnly: true }, text: { type: 'string' } } }
    const content = { 'application/json': { schema } }
    const parameters = [{ name: 'noteId', in: 'path', required: true, schema: { type: 'string' } }]
    const document = {
      openapi: '3.0.3',
      info: { title: 'Notes', version: '1' },
      paths: {
        '/notes': { post: { requestBody: { content }, responses: { 201: { description: 'Made.', content } } } },
        '/notes/{noteId}': { get: { parameters, responses: { 200: { description: 'It.', content } } } },
      },
    }
    writeFileSync(join(cwd, 'notes.json'), JSON.stringify(document))
    const served = await startCreateonce(['serve', 'notes.json', '--port', '0', '--store', 'memory:'], { cwd })
    const made = await send('POST', `${served.url}/notes`, { body: { text: 'first' } })
    await send('GET', new URL(made.headers.location!, served.url).href)
    const text = (await send('GET', `${served.url}/metrics`)).body
    await served.stop()
    expect(answered(text, 'POST', '/notes', 201)).toBe(1)
    expect(answered(text, 'GET', '/notes/{noteId}', 200)).toBe(1)
  })
})

describe('the guide', () => {
  const guide = readFileSync(new URL('../../../../../docs/guides/serve/pages.md', import.meta.url), 'utf8')

  it('names the metric of HTTP with its labels', () => {
    for (const name of [httpMetric.name, ...httpMetric.labelNames]) expect(guide).toContain(`\`${name}\``)
  })
})
