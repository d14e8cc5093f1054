import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findSqliteDriver } from '../../src/stores/sqlite/driver.ts'
import { type HeaderLines, sendRequest } from '../../src/testing/send-request.ts'
import { faultsOf, NO_FAULTS } from '../openapi/define.ts'

// What the guides show is run as a reader would run it: the block goes into a file, and Node gets the file.

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

let folder: string
let running: ChildProcess | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'createonce-guide-'))
  // A project of its own, whatever lies in the folders above.
  await writeFile(join(folder, 'package.json'), '{}')
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
})
afterEach(async () => {
  if (running !== undefined && running.exitCode === null) {
    running.kill()
    await once(running, 'exit')
  }
  running = undefined
  await rm(folder, { recursive: true })
})

/** Writes a block of JavaScript of a guide, the first by default, into the file that its first line names, and starts it. */
async function start(guide: string, ...options: readonly string[]): Promise<ChildProcess> {
  const [name, file = '[\\w.-]+'] = guide.split('#')
  const page = await readFile(join(ROOT, 'docs/guides', name!), 'utf8')
  const block = new RegExp(`\`\`\`js\\n(// (${file})\\b[\\s\\S]*?)\`\`\``).exec(page)
  if (block === null) throw new Error(`${guide} has no block of JavaScript that begins with the name of its file.`)
  await writeFile(join(folder, block[2]!), block[1]!)
  running = spawn(process.execPath, [...options, block[2]!], {
    cwd: folder,
    env: { ...process.env, PORT: '0', NODE_OPTIONS: '', RECORD_KEY: randomBytes(32).toString('base64') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return running
}

/** The origin that a service prints when it listens. */
async function originOf(service: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: service.stdout! })) {
    const found = /http:\/\/\S+/.exec(line)
    if (found !== null) return found[0].replace('[::1]', '127.0.0.1')
  }
  throw new Error('The service ended before it listened.')
}

/** Creates an order, retries, and follows Location. */
async function proveOnce(origin: string, body: object, headers: HeaderLines = []): Promise<void> {
  const lines: HeaderLines = [['Content-Type', 'application/json'], ['Idempotency-Key', 'k1'], ...headers]
  const post = () => sendRequest(origin, { path: '/orders', headers: lines, body: JSON.stringify(body) })
  const [first, retry] = [await post(), await post()]
  expect([first.status, retry.status, retry.body]).toEqual([201, 201, first.body])
  expect(retry.headers.get('idempotent-replayed')).toEqual(['true'])
  const [location] = first.headers.get('location')!
  const read = await sendRequest(origin, { method: 'GET', path: location!, headers })
  expect([read.status, JSON.parse(read.body)]).toEqual([200, JSON.parse(first.body)])
}

describe('the guides', () => {
  it('show a service on SQLite that creates once, and remembers after a restart', async () => {
    const first = await start('stores/sqlite.md')
    await proveOnce(await originOf(first), { item: 'tea', quantity: 2 })
    first.kill('SIGKILL')
    await once(first, 'exit')
    const second = await start('stores/sqlite.md')
    const retry = await sendRequest(await originOf(second), {
      path: '/orders',
      headers: [
        ['Content-Type', 'application/json'],
        ['Idempotency-Key', 'k1'],
      ],
      body: '{"item":"tea","quantity":2}',
    })
    expect([retry.status, retry.headers.get('idempotent-replayed')]).toEqual([201, ['true']])
  })

  it('show a service that seals what it records, and forgets a caller', async () => {
    const origin = await originOf(await start('personal-data.md'))
    const caller: HeaderLines = [['Authorization', 'Bearer secret-of-ann']]
    const post = () =>
      sendRequest(origin, {
        path: '/contacts',
        headers: [['Content-Type', 'application/json'], ['Idempotency-Key', 'k1'], ...caller],
        body: '{"name":"Mr Tailor"}',
      })
    const [first, retry] = [await post(), await post()]
    expect([first.status, retry.status, retry.body]).toEqual([201, 201, first.body])
    expect(retry.headers.get('idempotent-replayed')).toEqual(['true'])

    const database = (await findSqliteDriver())(join(folder, 'shop.db'), { readOnly: true })
    const table = (name: string) => JSON.stringify(database.prepare(`select * from ${name}`).all())
    expect(table('contact')).toContain('Mr Tailor')
    expect(table('createonce_record')).toContain('sealed:1:2026-11:')
    expect(table('createonce_record')).not.toMatch(/Tailor|contacts\//)

    const erased = await sendRequest(origin, { method: 'DELETE', path: '/account', headers: caller })
    expect([erased.status, table('contact'), table('createonce_record')]).toEqual([204, '[]', '[]'])
    expect((await post()).headers.has('idempotent-replayed')).toBe(false)
    database.close()
  })

  it.each(['express', 'fastify', 'koa', 'node'])(
    'show a service on %s that asks who is calling, and creates once',
    async (adapter) => {
      const origin = await originOf(await start(`adapters/${adapter}.md`))
      const stranger = await sendRequest(origin, { path: '/orders', body: '{}' })
      expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, ['Bearer']])
      const caller: HeaderLines = [['Authorization', 'Bearer secret-of-ann']]
      await proveOnce(origin, { item: 'tea' }, caller)
      const missing = await sendRequest(origin, { method: 'GET', path: '/orders/none', headers: caller })
      expect(missing.status).toBe(404)
      const other = await sendRequest(origin, { method: 'DELETE', path: '/orders', headers: caller })
      expect([other.status, other.body]).toEqual([405, expect.stringContaining('/problems/method-not-allowed')])
    },
  )

  it('show four schemas that keep one contract', async () => {
    const origin = await originOf(await start('schemas.md'))
    for (const name of ['zod', 'valibot', 'arktype', 'json']) {
      const post = (body: string) =>
        sendRequest(origin, { path: `/${name}/orders`, headers: [['Content-Type', 'application/json']], body })
      const wrong = await post('{"id":"mine","quantity":"2"}')
      const pointers = JSON.parse(wrong.body).errors.map(({ pointer }: { pointer: string }) => pointer)
      expect([name, wrong.status, ...pointers.sort()]).toEqual([name, 400, '/id', '/item', '/quantity'])
      const unknown = await post('{"item":"tea","quantity":2,"colour":"red"}')
      expect([name, JSON.parse(unknown.body).errors[0].pointer]).toEqual([name, '/colour'])
      expect([name, (await post('{"item":"tea","quantity":2}')).status]).toEqual([name, 201])
    }
    const { body } = await sendRequest(origin, {
      path: '/json/orders',
      headers: [['Content-Type', 'application/json']],
      body: '{"id":"mine","quantity":"2"}',
    })
    const page = await readFile(join(ROOT, 'docs/guides/schemas.md'), 'utf8')
    expect(JSON.parse(body)).toMatchObject(JSON.parse(/```json\n([\s\S]*?)```/.exec(page)![1]!))
  })

  it('show a service whose creations are in its OpenAPI document', async () => {
    const origin = await originOf(await start('openapi.md'))
    await proveOnce(origin, { item: 'tea' })
    const document = JSON.parse((await sendRequest(origin, { method: 'GET', path: '/openapi.json' })).body)
    expect(await faultsOf(document)).toEqual(NO_FAULTS)
    expect(document.paths['/orders'].post).toMatchObject({
      operationId: 'createOrder',
      summary: 'Place an order',
      responses: { 201: { links: { read: { operationId: 'getOrder' } } } },
    })
  })

  it('show a program that merges creations into a document', async () => {
    const program = await start('openapi.md#document.mjs')
    const document = JSON.parse(await text(program.stdout!))
    expect(await faultsOf(document)).toEqual(NO_FAULTS)
    expect(document.paths['/orders'].post['x-creation'].idempotency).toBe('optional')
  })

  it('show a service whose clients choose the names: 201, 412, 428, and no change is lost', async () => {
    const origin = await originOf(await start('put.md'))
    const put = (item: string, ...condition: HeaderLines) =>
      sendRequest(origin, {
        method: 'PUT',
        path: '/orders/o1',
        headers: [['Content-Type', 'application/json'], ...condition],
        body: JSON.stringify({ id: 'o1', item }),
      })
    const made = await put('tea', ['If-None-Match', '*'])
    const read = await sendRequest(origin, { method: 'GET', path: '/orders/o1' })
    expect([made.status, made.body, made.headers.get('etag')]).toEqual([201, read.body, read.headers.get('etag')])
    const tag = ['If-Match', made.headers.get('etag')![0]!] as const
    const others = [
      await put('milk', ['If-None-Match', '*']),
      await put('milk'),
      await put('milk', tag),
      await put('rice', tag),
    ]
    expect(others.map(({ status }) => status)).toEqual([412, 428, 200, 412])
    expect(JSON.parse((await sendRequest(origin, { method: 'GET', path: '/orders/o1' })).body).item).toBe('milk')
  })

  it('show a service that creates several at once, or nothing', async () => {
    const origin = await originOf(await start('bulk.md'))
    const post = (...skus: string[]) =>
      sendRequest(origin, {
        path: '/orders/batch',
        headers: [['Content-Type', 'application/json']],
        body: JSON.stringify(skus.map((sku) => ({ sku }))),
      })
    const list = async () => JSON.parse((await sendRequest(origin, { method: 'GET', path: '/orders' })).body)
    const made = await post('tea', 'milk')
    expect([made.status, JSON.parse(made.body)]).toEqual([201, await list()])
    const refused = [await post('rice', 'tea'), await post('rice', ''), await post()]
    expect(refused.map(({ status }) => status)).toEqual([409, 400, 400])
    expect(await list()).toHaveLength(2)
  })

  for (const [framework, guide] of [
    ['a bare fetch', 'fetch'],
    ['Hono', 'hono'],
  ] as const) {
    it(`show a service on ${framework} that asks who is calling, and creates once`, async () => {
      const origin = await originOf(await start(`adapters/${guide}.md`))
      const stranger = await sendRequest(origin, { path: '/orders', body: '{}' })
      expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, ['Bearer']])
      await proveOnce(origin, { item: 'tea' }, [['Authorization', 'Bearer secret-of-ann']])
    })
  }

  it('show the page behind the type of a problem', async () => {
    const page = await sendRequest(await originOf(await start('runbook.md')), {
      method: 'GET',
      path: '/problems/store-unavailable',
      headers: [['Accept', 'text/markdown']],
    })
    expect([page.status, page.body.split('\n')[0]]).toEqual([200, '# store-unavailable'])
  })

  it('show a service that is watched: its lines, its ids, its metrics', async () => {
    const service = await start('observability.md')
    const lines: string[] = []
    const reading = createInterface({ input: service.stdout! })
    const origin = await new Promise<string>((resolve) => {
      reading.on('line', (line) => {
        const found = /^listening on (http:\S+)/.exec(line)
        if (found === null) lines.push(line)
        else resolve(found[1]!.replace('[::1]', '127.0.0.1'))
      })
    })
    const trace: HeaderLines = [['Traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01']]
    await proveOnce(origin, { item: 'tea' }, [['X-Request-Id', 'req-of-a-client'], ...trace])
    const untrusted = await sendRequest(origin, {
      method: 'GET',
      path: '/orders/1',
      headers: [['X-Request-Id', 'a b']],
    })
    expect(untrusted.headers.get('x-request-id')![0]).toMatch(/^[\da-f-]{36}$/)
    const { body } = await sendRequest(origin, { method: 'GET', path: '/metrics' })
    expect(body).toContain('createonce_creations_total{operation="createOrder",outcome="created"} 1')
    expect(body).toContain('createonce_creations_total{operation="createOrder",outcome="replayed"} 1')
    expect(body).toContain('createonce_store_commit_size_count{store="sqlite"} 1')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject(
      ['creation.created', 'creation.replayed'].map((event) => ({
        level: 30,
        event,
        requestId: 'req-of-a-client',
        traceId: '0af7651916cd43dd8448eb211c80319c',
      })),
    )
  })

  it('show a test on the memory store that passes', async () => {
    const test = await start('stores/memory.md', '--test')
    test.stdout!.resume()
    expect((await once(test, 'exit'))[0]).toBe(0)
  })
})
