import { describe, expect, it } from 'vitest'
import { creationFetch, toFetch } from '../../src/adapters/fetch.ts'
import { type CreationRequest, created, defineCreation } from '../../src/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'

const MAX_BODY_BYTES = 100

let seen: CreationRequest<Request> | undefined

const createThing = defineCreation({
  operation: 'createThing',
  store: memoryStore(),
  principal(request: CreationRequest<Request>) {
    seen = request
    return 'caller'
  },
  input: { '~standard': { version: 1, vendor: 'test', validate: () => ({ value: {} }) } },
  create: () => created({ id: '1' }),
  duplicates: 'allow',
  idempotency: 'optional',
  location: '/things/{id}',
  maxBodyBytes: MAX_BODY_BYTES,
})

const URL_OF_THINGS = 'http://shop.example/things'
const headers = { 'Content-Type': 'application/json' }
const request = (body: BodyInit = '{}') =>
  new Request(URL_OF_THINGS, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)

describe('a creation as a function from a Request to a Response', () => {
  it('is called in a test as it is, without a server', async () => {
    const response = await toFetch(createThing)(request())
    expect([response.status, response.headers.get('location')]).toEqual([201, '/things/1'])
  })

  it.each([
    [
      'of a promise, as Next.js hands them out',
      { params: Promise.resolve({ shop: 'a b', path: ['x', 'y'], none: undefined }) },
    ],
    ['of an object', { params: { shop: 'a b', path: ['x', 'y'] } }],
  ])('takes the path parameters %s; a catch-all is joined', async (_from, context) => {
    await toFetch(createThing)(request(), context)
    expect(seen!.params).toEqual({ shop: 'a b', path: 'x/y' })
  })

  it('takes the path parameters of the request, where Bun put them, and of nothing else that comes second', async () => {
    const server = { port: 3000 }
    await toFetch(createThing)(Object.assign(request(), { params: { shop: 'a b' } }), server)
    expect(seen!.params).toEqual({ shop: 'a b' })
    await toFetch(createThing)(request(), server)
    expect(seen!.params).toEqual({})
  })

  it('takes an id of X-Request-Id that is safe text, and makes one otherwise', async () => {
    for (const [given, isTaken] of [
      ['req-1', true],
      ['a b', false],
      ['x'.repeat(200), false],
    ] as const) {
      const named = request()
      named.headers.set('X-Request-Id', given)
      await toFetch(createThing)(named)
      expect(seen!.requestId === given).toBe(isTaken)
    }
  })

  it('gets the request itself as native', async () => {
    const given = request()
    await toFetch(createThing)(given)
    expect(seen!.native).toBe(given)
  })

  it('stops to read a body that is longer than it takes', async () => {
    let chunks = 0
    const endless = new ReadableStream({
      pull(controller) {
        chunks++
        controller.enqueue(new Uint8Array(MAX_BODY_BYTES))
      },
    })
    const response = await toFetch(createThing)(request(endless))
    expect([response.status, (await response.json()).type]).toEqual([413, '/problems/content-too-large'])
    expect(chunks).toBeLessThan(5)
  })

  it('does not begin to read a body that says so itself', async () => {
    const long = request('{}')
    long.headers.set('Content-Length', String(MAX_BODY_BYTES + 1))
    expect((await toFetch(createThing)(long)).status).toBe(413)
    expect(long.bodyUsed).toBe(false)
  })

  it('creates nothing of a body that fails, or is shorter than it says', async () => {
    const failing = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{}'))
      },
      pull(controller) {
        controller.error(new Error('connection reset'))
      },
    })
    const short = request('{}')
    short.headers.set('Content-Length', '10')
    seen = undefined
    for (const broken of [request(failing), short]) {
      const response = await toFetch(createThing)(broken)
      expect([response.status, (await response.json()).type]).toEqual([400, '/problems/malformed-body'])
    }
    expect(seen).toBeUndefined()
  })

  it('rejects, with what to do, where the body was read before or somebody holds it', async () => {
    const used = request()
    await used.json()
    await expect(toFetch(createThing)(used)).rejects.toThrow('request.clone()')
    const held = request()
    held.body!.getReader()
    await expect(toFetch(createThing)(held)).rejects.toThrow('request.clone()')
    const copied = request()
    await copied.clone().json()
    expect((await toFetch(createThing)(copied)).status).toBe(201)
  })
})

describe('the small router', () => {
  const answering = (text: string) => () => new Response(text)
  const fetch = creationFetch(
    {
      '/things': { POST: createThing, GET: answering('list') },
      '/things/{id}': { GET: (_request, { params }) => new Response(`thing ${params['id']}`) },
      '/shops/{shop}/things': createThing,
    },
    (_request, info: string) => new Response(`otherwise ${info}`, { status: 404 }),
  )
  const ask = (method: string, path: string) =>
    fetch(new Request(`http://shop.example${path}`, { method }), 'with what the server says')

  it('finds functions beside creations, with decoded parameters', async () => {
    expect(await (await ask('GET', '/things?x=1')).text()).toBe('list')
    expect(await (await ask('GET', '/things/a%20b%2Fc')).text()).toBe('thing a b/c')
    expect((await ask('HEAD', '/things')).status).toBe(200)
    expect(
      (await fetch(new Request('http://h/shops/a/things', { method: 'POST', headers, body: '{}' }), '')).status,
    ).toBe(201)
  })

  it('answers 405 with every method of the path, and OPTIONS', async () => {
    const other = await ask('DELETE', '/things')
    expect([other.status, other.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
    const options = await ask('OPTIONS', '/shops/a/things')
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS'])
    const bare = await ask('DELETE', '/things/1')
    expect([bare.status, bare.headers.get('allow')]).toEqual([405, 'GET'])
  })

  it('leaves other paths to what is given for them, with all that the server hands over', async () => {
    expect(await (await ask('GET', '/nowhere')).text()).toBe('otherwise with what the server says')
    expect((await creationFetch({})(new Request('http://shop.example/things'))).status).toBe(404)
  })
})
