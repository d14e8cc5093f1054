import { afterEach, describe, expect, it } from 'vitest'
import { exitCodeOf, type Report, readHar, type Target, targetFromRecording, verify } from '../../src/index.ts'
import { type Answering, serve } from '../targets/serve.ts'
import { record } from './record.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Shop {
  readonly created?: (id: number, item: object) => Answering
  readonly read?: (item: object | undefined) => Answering
}

/** A small shop behind a recording proxy; what it answers can be changed. */
async function recordedShop({ created, read }: Shop = {}) {
  const items = new Map<number, object>()
  let calls = 0
  const shop = await serve(
    () => ({}),
    (method, url, _, body) => {
      calls += 1
      const id = Number(/^\/v1\/orders\/(\d+)$/.exec(url.pathname)?.[1])
      if (url.pathname === '/v1/login') return { status: 200, body: { token: 'abc' } }
      if (method === 'DELETE') return items.delete(id) ? { status: 204 } : { status: 404 }
      if (method === 'GET' && url.pathname === '/v1/orders') return { status: 200, body: [...items.values()] }
      if (method === 'GET') {
        const item = items.get(id)
        return read?.(item) ?? (item === undefined ? { status: 404 } : { status: 200, body: item })
      }
      const item = { id: items.size + 1, ...JSON.parse(body.toString()) }
      items.set(item.id, item)
      const usual = { status: 201, headers: { Location: `/v1/orders/${item.id}` }, body: item }
      return created?.(item.id, item) ?? usual
    },
  )
  const proxy = await record(shop.origin)
  closing.push(proxy.close, shop.close)
  const send = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const type = { 'Content-Type': 'application/json' }
    const init = { method, headers: { ...(body && type), ...headers }, ...(body && { body: JSON.stringify(body) }) }
    await (await fetch(`${proxy.origin}/v1${path}`, init)).text()
  }
  return { send, har: proxy.har, origin: shop.origin, calls: () => calls }
}

type Recorded = Awaited<ReturnType<typeof recordedShop>>

async function judged(har: string, target?: Target): Promise<Report> {
  const recording = readHar(har, 'traffic.har')
  const run = verify({ target: target ?? targetFromRecording(recording), recording })
  let step = await run.next()
  while (!step.done) step = await run.next()
  return step.value
}

const verdictOf = (report: Report, check: string) => report.results.find((one) => one.check === check)?.verdict
const messageOf = (report: Report, check: string) => report.results.find((one) => one.check === check)?.message
const findings = (report: Report) =>
  report.results.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check)

/** Two orders, each read twice, and the list. */
async function useShop({ send }: Recorded): Promise<void> {
  for (const [id, note] of ['a first teapot', 'another teapot'].entries()) {
    await send('POST', '/orders', { note })
    await send('GET', `/orders/${id + 1}`)
    await send('GET', `/orders/${id + 1}`)
  }
  await send('GET', '/orders')
}

describe('recorded traffic', () => {
  it('is judged without calling anybody', async () => {
    const shop = await recordedShop()
    await useShop(shop)
    const before = shop.calls()
    const report = await judged(shop.har())
    expect(shop.calls()).toBe(before)
    expect(report.requests).toBe(0)
    expect(report.operations.map(({ method, path, judged }) => [method, path, judged])).toEqual([
      ['POST', '/v1/orders', true],
    ])
    expect(findings(report)).toEqual([])
    for (const check of ['created-status-201', 'location-present', 'location-resolves', 'body-equals-get'])
      expect([check, verdictOf(report, check)]).toEqual([check, 'pass'])
    expect(exitCodeOf(report)).toBe(0)
  })

  it('leaves open what it does not show', async () => {
    const shop = await recordedShop()
    await useShop(shop)
    const report = await judged(shop.har())
    for (const check of ['invalid-is-4xx', 'malformed-is-400', 'rejected-leaves-nothing', 'ids-unique-under-load'])
      expect([check, verdictOf(report, check)]).toEqual([check, 'inconclusive'])
    expect(messageOf(report, 'invalid-is-4xx')).toMatch(/^the recording does not show /)
    expect(report.results.filter(({ verdict }) => verdict === 'error')).toEqual([])
  })

  it('is judged by a document that names another server', async () => {
    const shop = await recordedShop()
    await useShop(shop)
    const report = await judged(shop.har(), documented('https://production.example'))
    expect(report.target.baseUrl).toBe(shop.origin)
    expect(report.operations.map(({ id, judged }) => [id, judged])).toEqual([['createOrder', true]])
  })

  it('shows a missing Location by a single answer', async () => {
    const shop = await recordedShop({ created: (_, body) => ({ status: 201, body }) })
    await shop.send('POST', '/orders', { note: 'a teapot' })
    const report = await judged(shop.har())
    expect(findings(report)).toContain('location-present')
    expect(exitCodeOf(report)).toBe(1)
  })

  it('shows a 200 in place of 201 where the resource says that it was made just now', async () => {
    const shop = await recordedShop({
      created: (id, body) => ({
        status: 200,
        headers: { Location: `/v1/orders/${id}` },
        body: { ...body, createdAt: new Date().toISOString() },
      }),
    })
    await useShop(shop)
    expect(findings(await judged(shop.har()))).toContain('created-status-201')
  })

  it('takes no 200 for a fault where it may be about what was there before', async () => {
    const shop = await recordedShop({ created: (_, body) => ({ status: 200, body }) })
    await useShop(shop)
    const report = await judged(shop.har())
    expect(findings(report)).toEqual([])
    expect(messageOf(report, 'location-present')).toMatch(/does not tell whether anything new was made/)
  })

  it('shows a Location that leads nowhere when two creations agree', async () => {
    const shop = await recordedShop({ read: () => ({ status: 404 }) })
    // What can be read is learnt from a read that succeeds: of another kind of caller, here of the document.
    await useShop(shop)
    const report = await judged(shop.har(), documented(shop.origin))
    expect(findings(report)).toContain('location-resolves')
  })

  it('holds back what it shows only once', async () => {
    const shop = await recordedShop({ read: () => ({ status: 404 }) })
    await shop.send('POST', '/orders', { note: 'a teapot' })
    await shop.send('GET', '/orders/1')
    await shop.send('GET', '/orders/1')
    const report = await judged(shop.har(), documented(shop.origin))
    expect(findings(report)).not.toContain('location-resolves')
    expect(messageOf(report, 'location-resolves')).toMatch(/^the recording shows it once/)
  })

  it('concludes nothing from a read after a delete', async () => {
    const shop = await recordedShop()
    for (const id of [1, 1, 1]) {
      await shop.send('POST', '/orders', { note: `teapot ${Math.random()}` })
      await shop.send('DELETE', `/orders/${id}`)
      await shop.send('GET', `/orders/${id}`)
      await shop.send('GET', `/orders/${id}`)
    }
    const report = await judged(shop.har(), documented(shop.origin))
    // The shop gives the id of what was deleted again, and its 404 is empty: only that is remarked.
    expect(findings(report)).toEqual(['problem-details-valid'])
    expect(verdictOf(report, 'location-resolves')).toBe('inconclusive')
  })

  it('shows what became of a key that was sent twice', async () => {
    const shop = await recordedShop()
    for (const _ of [1, 2]) await shop.send('POST', '/orders', { note: 'a teapot' }, { 'Idempotency-Key': 'k-0001' })
    const recording = readHar(shop.har(), 'traffic.har')
    const target = targetFromRecording(recording, { idempotency: 'optional' })
    const report = await judged(shop.har(), target)
    expect(verdictOf(report, 'idem-replay-same-result')).toBe('fail')
  })

  it('names a log-in, and judges it not', async () => {
    const shop = await recordedShop()
    await shop.send('POST', '/login', { user: 'u', password: 'p' })
    await useShop(shop)
    const target = targetFromRecording(readHar(shop.har(), 'traffic.har'))
    expect(target.notCreations.map(({ operation }) => operation)).toEqual(['POST /v1/login'])
  })

  it('masks what it was recorded with', async () => {
    const shop = await recordedShop({ created: (_, body) => ({ status: 201, body }) })
    await shop.send('POST', '/orders', { note: 'a teapot' }, { Authorization: 'Bearer s3cr3t-token' })
    expect(JSON.stringify(await judged(shop.har()))).not.toContain('s3cr3t-token')
  })
})

function documented(origin: string): Target {
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] as const
  const read = { method: 'GET', path: '/v1/orders/{id}', parameters, responses: {}, idParameter: 'id' } as const
  const creation = {
    id: 'createOrder',
    method: 'POST',
    path: '/v1/orders',
    parameters: [],
    responses: {},
    read,
  } as const
  return {
    document: { source: 'openapi.json', version: '3.1.0', title: 'Shop' },
    baseUrl: origin,
    creations: [{ ...creation, parents: [], policy: {}, security: [] }],
    notCreations: [],
    warnings: [],
  }
}

describe('recorded PUTs', () => {
  const notes = async (created: (item: { text: string }) => Answering) => {
    const items = new Map<string, object>()
    const target = await serve(
      () => ({}),
      (method, url, _, body) => {
        const item = items.get(url.pathname)
        const missing = { status: 404, headers: { 'Content-Type': 'application/problem+json' }, body: { status: 404 } }
        if (method === 'GET') return item === undefined ? missing : { status: 200, body: item }
        const sent = JSON.parse(body.toString()) as { text: string }
        items.set(url.pathname, sent)
        return item === undefined ? created(sent) : { status: 200, body: sent }
      },
    )
    const proxy = await record(target.origin)
    closing.push(proxy.close, target.close)
    for (const [name, text] of [
      ['5f0c6f7e-6d9b-4b51-a3f1-0d5a8c1b2e3f', 'a first note'],
      ['9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d', 'another note'],
    ]) {
      const url = `${proxy.origin}/notes/${name}`
      await (await fetch(url)).text()
      const init = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text }) }
      await (await fetch(url, init)).text()
      for (let n = 0; n < 2; n++) await (await fetch(url)).text()
    }
    return await judged(proxy.har())
  }

  it('are judged as what creates at their own URLs', async () => {
    const report = await notes((item) => ({ status: 201, body: item }))
    expect(report.operations.map(({ method, judged }) => [method, judged])).toEqual([['PUT', true]])
    expect(findings(report)).toEqual([])
    for (const check of ['no-201-without-creation', 'body-equals-get'])
      expect([check, verdictOf(report, check)]).toEqual([check, 'pass'])
    expect(verdictOf(report, 'location-present')).toBe('skip')
    expect(verdictOf(report, 'if-none-match-star')).toBe('inconclusive')
    expect(report.results.filter(({ verdict }) => verdict === 'error')).toEqual([])
  })

  it('show an answer that is not what is read', async () => {
    const report = await notes((item) => ({ status: 201, body: { text: item.text.toUpperCase() } }))
    expect(findings(report)).toEqual(['body-equals-get'])
  })
})
