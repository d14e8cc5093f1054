import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Writable } from 'node:stream'
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createonce, toFastify } from '../../src/adapters/fastify.ts'
import type { Creation } from '../../src/creation/creation.ts'
import { created, defineCreation, type Logger, type Result } from '../../src/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { createGate } from '../../src/testing/gate.ts'
import { sendRequest, type WireRequest } from '../../src/testing/send-request.ts'

// How a creation lives with the rest of an application of Fastify's.

interface Thing {
  readonly id: string
  readonly name: unknown
}

let app: FastifyInstance
let store: ReturnType<typeof memoryStore>

beforeEach(() => {
  store = memoryStore()
})
afterEach(async () => {
  await app.close()
  await store.close()
})

function creation(
  create: (name: unknown) => Result<Thing> | Promise<Result<Thing>> = (name) => created({ id: '1', name }),
  log?: Logger,
): Creation {
  return defineCreation({
    operation: 'createThing',
    store,
    principal: 'anybody',
    input: {
      '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as { name: unknown } }) },
    },
    create: ({ name }: { name: unknown }) => create(name),
    duplicates: 'allow',
    idempotency: 'optional',
    location: '/things/{id}',
    ...(log !== undefined && { log }),
  })
}

async function send(request: Partial<WireRequest> = {}) {
  if (app.server.address() === null) await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const headers = [['Content-Type', 'application/json'] as const]
  return sendRequest(`http://127.0.0.1:${port}`, { path: '/things', headers, body: '{"name":"tea"}', ...request })
}

const start = (options: FastifyServerOptions = {}): FastifyInstance => {
  app = fastify(options)
  return app
}

// What each test sends twice: a name that two members claim, told from one only by whoever has the bytes.
const TWICE = { body: '{"name":"a","name":"b"}' }

describe('the plugin', () => {
  it('stops the start where it is registered behind the route of a creation, and says what to write', async () => {
    start().register(createonce)
    app.post('/things', toFastify(creation()))
    await expect(app.ready()).rejects.toThrow(/registered after the route of createThing.*await app\.register/)
  })

  it('stops the start where the route is in a scope that came before', async () => {
    start().register(async (scope) => void scope.post('/things', toFastify(creation())))
    app.register(createonce)
    await expect(app.ready()).rejects.toThrow(/createThing/)
  })

  it('takes care of routes that are added after it was awaited', async () => {
    await start().register(createonce)
    app.post('/things', toFastify(creation()))
    expect((await send(TWICE)).status).toBe(400)
  })

  it('holds for the scope that it is registered in, and for no other', async () => {
    start().register(
      async (scope) => {
        await scope.register(createonce)
        scope.post('/things', toFastify(creation()))
      },
      { prefix: '/inside' },
    )
    app.post('/things', toFastify(creation()))
    expect((await send({ ...TWICE, path: '/inside/things' })).status).toBe(400)
    expect((await send(TWICE)).status).toBe(201)
  })

  it('may be registered again in a scope below', async () => {
    await start().register(createonce)
    app.register(async (scope) => {
      await scope.register(createonce)
      scope.post('/things', toFastify(creation()))
    })
    expect((await send(TWICE)).status).toBe(400)
  })

  it("leaves other routes Fastify's parser, with the application's choice of what it takes", async () => {
    await start({ onProtoPoisoning: 'remove' }).register(createonce)
    app.post('/things', toFastify(creation()))
    app.post('/echo', (request) => request.body)
    const echoed = await send({ path: '/echo', body: '{"__proto__":{"admin":true},"name":"tea"}' })
    expect([echoed.status, echoed.body]).toEqual([200, '{"name":"tea"}'])
    expect((await send({ path: '/echo', body: '{' })).status).toBe(400)
  })

  it('leaves schemas and serialisers of other routes as they are', async () => {
    await start().register(createonce)
    app.post('/things', toFastify(creation()))
    const schema = {
      body: { type: 'object', required: ['name'] },
      response: { 200: { type: 'object', properties: { name: { type: 'string' } } } },
    }
    app.post('/echo', { schema }, (request) => request.body)
    expect((await send({ path: '/echo', body: '{}' })).status).toBe(400)
    expect((await send({ path: '/echo', body: '{"name":"tea","secret":1}' })).body).toBe('{"name":"tea"}')
  })
})

describe('without the plugin', () => {
  it('a creation takes the bytes that the application has kept as rawBody, as buffer or as text', async () => {
    for (const parseAs of ['buffer', 'string'] as const) {
      await app?.close()
      start().decorateRequest('rawBody')
      app.removeContentTypeParser('application/json')
      app.addContentTypeParser('application/json', { parseAs }, (request, sent, parsed) => {
        Object.assign(request, { rawBody: sent })
        parsed(null, JSON.parse(String(sent)))
      })
      app.post('/things', toFastify(creation()))
      expect((await send(TWICE)).status, parseAs).toBe(400)
      expect((await send()).status, parseAs).toBe(201)
    }
  })
})

describe('a creation', () => {
  it('runs the hooks of the application, before and after', async () => {
    const ran: string[] = []
    await start().register(createonce)
    for (const hook of ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'onSend', 'onResponse'] as const) {
      app.addHook(hook, async () => void ran.push(hook))
    }
    app.addHook('preSerialization', async () => void ran.push('never: the answer is text'))
    app.post('/things', toFastify(creation()))
    const responded = new Promise<void>((resolve) => app.addHook('onResponse', async () => resolve()))
    await send()
    await responded
    expect(ran).toEqual(['onRequest', 'preParsing', 'preValidation', 'preHandler', 'onSend', 'onResponse'])
  })

  it("writes its line through the application's logger, with the id that Fastify's own lines have", async () => {
    const lines: Record<string, unknown>[] = []
    const stream = new Writable({
      write(chunk, _encoding, done) {
        for (const line of String(chunk).trim().split('\n')) lines.push(JSON.parse(line))
        done()
      },
    })
    const genReqId = ({ headers }: IncomingMessage): string => `own-${headers['x-own']}`
    await start({ logger: { stream }, genReqId }).register(createonce)
    app.post('/things', toFastify(creation(undefined, app.log)))
    await send({
      headers: [
        ['Content-Type', 'application/json'],
        ['X-Own', '7'],
      ],
    })
    expect(lines.filter(({ reqId }) => reqId !== undefined)[0]).toMatchObject({ reqId: 'own-7' })
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 30, event: 'creation.created', requestId: 'own-7', status: 201 }),
    )
  })

  it('that outlives a time-out of the application goes on, and the retry gets its answer', async () => {
    const [entered, gate] = [createGate(), createGate()]
    await start().register(createonce)
    // Only the first request is answered by it.
    app.addHook('preHandler', async (request, reply) => {
      if (request.id === 'req-1') void entered.opened.then(() => reply.code(503).send('Too late.'))
    })
    const create = async (name: unknown): Promise<Result<Thing>> => {
      entered.open()
      await gate.opened
      return created({ id: '1', name })
    }
    app.post('/things', toFastify(creation(create)))
    const headers = [
      ['Content-Type', 'application/json'],
      ['Idempotency-Key', 'k1'],
    ] as const
    const first = await send({ headers })
    expect([first.status, first.body]).toEqual([503, 'Too late.'])
    gate.open()
    let retry = await send({ headers })
    while (retry.status !== 201) retry = await send({ headers })
    expect(retry.headers.get('idempotent-replayed')).toEqual(['true'])
  })
})

describe('a request that comes slowly', () => {
  it('has no limit unless the application gives one, and then creates nothing', async () => {
    expect(start().server.requestTimeout).toBe(0)
    await app.close()
    let isCreated = false
    start({
      requestTimeout: 300,
      http: { connectionsCheckingInterval: 50, headersTimeout: 300 },
    } as FastifyServerOptions).register(createonce)
    app.register(async (scope) => {
      const create = (name: unknown) => {
        isCreated = true
        return created({ id: '1', name })
      }
      scope.post('/things', toFastify(creation(create)))
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const slow = connect({ host: '127.0.0.1', port: (app.server.address() as AddressInfo).port })
    slow.write(
      'POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{"name":',
    )
    const [answer] = (await once(slow, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /)
    slow.destroy()
    expect(isCreated).toBe(false)
  })
})
