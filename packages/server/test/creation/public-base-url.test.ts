import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { created, path } from '../../src/index.ts'
import { type HeaderLines, sendRequest, type WireAnswer } from '../../src/testing/send-request.ts'
import { type Item, insertItem, openShop, type Shop, type ShopSettings } from './shop.ts'

// A reverse proxy as it stands in front of many services: it strips a prefix, passes everything else on, and rewrites
// no Location.

const PREFIX = '/shop/v1'

let proxy: Server
let publicOrigin: string
let shop: Shop

beforeEach(async () => {
  proxy = createServer((incoming, outgoing) => {
    if (!incoming.url!.startsWith(`${PREFIX}/`)) return outgoing.writeHead(404).end()
    const { hostname, port } = new URL(shop.origin)
    const passed = httpRequest(
      {
        hostname,
        port,
        method: incoming.method!,
        path: incoming.url!.slice(PREFIX.length),
        agent: false,
        headers: {
          ...incoming.headers,
          'X-Forwarded-Host': incoming.headers.host ?? '',
          'X-Forwarded-Proto': 'http',
          'X-Forwarded-Prefix': PREFIX,
        },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.rawHeaders)
        answer.pipe(outgoing)
      },
    )
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  publicOrigin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
})
afterEach(async () => {
  await shop.close()
  await new Promise((resolve) => proxy.close(resolve))
})

const open = async (settings: ShopSettings = {}): Promise<void> => {
  shop = await openShop({ publicBaseUrl: `${publicOrigin}${PREFIX}/`, ...settings })
}
const post = (headers: HeaderLines = [], to = '/shelves/top/items', name = 'tea'): Promise<WireAnswer> =>
  sendRequest(publicOrigin, {
    path: PREFIX + to,
    headers: [['Content-Type', 'application/json'], ...headers],
    body: JSON.stringify({ name }),
  })
const locationOf = (answer: WireAnswer): string | undefined => answer.headers.get('location')?.[0]
const follow = (location: string): Promise<WireAnswer> => {
  const { origin, pathname, search } = new URL(location, publicOrigin)
  return sendRequest(origin, { method: 'GET', path: pathname + search })
}

describe('Location behind a proxy that strips a prefix', () => {
  it('is absolute below publicBaseUrl, and GET through the proxy answers what was created', async () => {
    await open()
    const answer = await post()
    expect(answer.status).toBe(201)
    expect(locationOf(answer)).toMatch(new RegExp(`^${publicOrigin}${PREFIX}/shelves/top/items/[\\w-]+$`))
    const read = await follow(locationOf(answer)!)
    expect([read.status, JSON.parse(read.body)]).toEqual([200, JSON.parse(answer.body)])
  })

  it('is the same in the replay and in the link to an existing resource', async () => {
    await open()
    const key: HeaderLines = [['Idempotency-Key', 'k1']]
    const first = await post(key)
    expect(locationOf(await post(key))).toBe(locationOf(first))
    const duplicate = await post()
    expect(duplicate.status).toBe(409)
    expect(JSON.parse(duplicate.body)).toMatchObject({
      type: `${publicOrigin}${PREFIX}/problems/duplicate-resource`,
      existing: locationOf(first),
    })
  })

  it.each([
    ['a path, which gets the base in front', (item: Item) => path`/shelves/${item.shelf}/items/${item.id}`],
    ['an absolute address below the base', (item: Item) => `${publicOrigin}${PREFIX}/shelves/top/items/${item.id}`],
  ])('may come from a function: %s', async (_, location) => {
    await open({ location })
    const answer = await post()
    expect(locationOf(answer)).toMatch(`${publicOrigin}${PREFIX}/shelves/top/items/`)
    expect((await follow(locationOf(answer)!)).status).toBe(200)
  })

  it('is known to the function with the parameters of the path', async () => {
    await open({ location: ({ id }, { params }) => path`/shelves/${params['shelf']!}/items/${id}` })
    const answer = await post([], '/shelves/a%20b/items')
    expect(locationOf(answer)).toMatch(`${PREFIX}/shelves/a%20b/items/`)
    expect((await follow(locationOf(answer)!)).status).toBe(200)
  })
})

describe('Host and X-Forwarded-*', () => {
  const spoofed: HeaderLines = [
    ['X-Forwarded-Host', 'evil.example'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Prefix', '/evil'],
    ['X-Forwarded-For', '6.6.6.6'],
    ['X-Original-URL', '/evil'],
    ['Forwarded', 'host=evil.example;proto=https'],
  ]

  it.each([
    ['with publicBaseUrl', (): ShopSettings => ({})],
    ['without it', (): ShopSettings => ({ publicBaseUrl: undefined as never })],
  ])('never stand in an answer: %s', async (_, settings) => {
    await open(settings())
    const { hostname, port } = new URL(shop.origin)
    const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const body = '{"name":"tea"}'
      const lines = [['Host', 'evil.example'], ['Content-Type', 'application/json'], ...spoofed]
      const sending = httpRequest(
        { hostname, port, method: 'POST', path: '/shelves/top/items', agent: false, headers: lines.flat() },
        (response) => {
          let text = response.rawHeaders.join('\n')
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () => resolve({ status: response.statusCode!, text }))
        },
      )
      sending.on('error', reject)
      sending.end(body)
    })
    expect(answer.status).toBe(201)
    expect(answer.text).toContain('/shelves/top/items/')
    expect(answer.text).not.toMatch(/evil|https|6\.6\.6\.6/)
  })
})

describe('a Location of a function that must not be sent', () => {
  it.each([
    ['of another host', () => 'https://evil.example/items/1'],
    ['of the same host beside the prefix', () => `${publicOrigin}/items/1`],
    ['that leads to another host', () => '//evil.example/items/1'],
    ['that is relative', () => 'items/1'],
    ['with a line break', () => '/items/1\r\nX-Canary: 1'],
    ['with a segment that is folded away', () => '/items/../admin'],
    ['that is no text', () => undefined as never],
    [
      'because the function throws',
      () => {
        throw new Error('no location')
      },
    ],
  ])('rolls everything back: %s', async (_, location) => {
    await open({ location })
    const answer = await post([['Idempotency-Key', 'k1']])
    expect(answer.status).toBe(500)
    expect(answer.headers.has('x-canary')).toBe(false)
    expect(answer.headers.has('location')).toBe(false)
    expect(shop.items()).toEqual([])
    expect(shop.store.read.prepare('select * from createonce_record').all()).toEqual([])
  })
})

describe('an id that the client chooses', () => {
  const named: ShopSettings = {
    location: '/shelves/{shelf}/items/{name}',
    create: ({ name }, { tx, params }) => {
      const item = { id: name, shelf: params['shelf']!, name }
      tx.prepare('insert into item (id, shelf, name) values (?, ?, ?)').run(item.id, item.shelf, item.name)
      return created(item)
    },
  }

  it.each([
    'a/b',
    'ü',
    'a?b',
    'a#b',
    'a b',
    '%',
    '%2F',
    '%2e%2e x',
    '日本',
    '...',
    '.a',
    'a;b=c',
    "it's!(*)",
    '😀',
    '\\',
  ])('comes back by Location, whatever is in it: %j', async (name) => {
    await open(named)
    const answer = await post([], '/shelves/top/items', name)
    expect(answer.status).toBe(201)
    const location = locationOf(answer)!
    expect(location).toMatch(/^[!-~]+$/)
    const read = await follow(location)
    expect([read.status, JSON.parse(read.body)]).toEqual([200, JSON.parse(answer.body)])
  })

  it.each(['.', '..', '%2e', '%2E%2e', '.%2e'])(
    'is refused with its pointer where no address can hold it, and nothing is kept: %j',
    async (name) => {
      await open(named)
      const answer = await post([['Idempotency-Key', 'k1']], '/shelves/top/items', name)
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body)).toMatchObject({
        type: `${publicOrigin}${PREFIX}/problems/invalid-input`,
        errors: [{ pointer: '/name', detail: expect.stringContaining('cannot be part of an address') }],
      })
      expect(shop.items()).toEqual([])
      expect(await post([['Idempotency-Key', 'k1']], '/shelves/top/items', 'ok')).toMatchObject({ status: 201 })
    },
  )

  it.each(['%2E', '%2e%2E', '%252e'])(
    "in the path is a parent that cannot exist, and no fault of the service's: %s",
    async (shelf) => {
      await open({ ...named, create: insertItem })
      // Straight to the service: a proxy folds such a segment away, or not.
      const answer = await sendRequest(shop.origin, {
        path: `/shelves/${shelf}/items`,
        headers: [['Content-Type', 'application/json']],
        body: '{"name":"tea"}',
      })
      expect(answer.status).toBe(404)
      expect(JSON.parse(answer.body)).toMatchObject({ type: expect.stringContaining('/problems/parent-not-found') })
      expect(shop.items()).toEqual([])
    },
  )
})
