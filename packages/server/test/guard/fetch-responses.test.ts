import { Hono } from 'hono'
import { validator } from 'hono/validator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { idempotent } from '../../src/adapters/idempotent/fetch.ts'
import { idempotent as guardHono } from '../../src/adapters/idempotent/hono.ts'
import { type CommonGuardSettings, defineIdempotent, type Guard } from '../../src/guard/index.ts'
import { type MemoryStore, type MemoryTransaction, memoryStore } from '../../src/stores/memory.ts'
import { createGate } from '../../src/testing/gate.ts'
import { type ManualTime, manualTime } from '../../src/testing/manual-time.ts'

let time: ManualTime
let store: MemoryStore

beforeEach(() => {
  time = manualTime()
  store = memoryStore()
})
afterEach(() => store.close())

function guardOf(settings: Partial<CommonGuardSettings<object>> = {}): Guard<object, MemoryTransaction> {
  return defineIdempotent<MemoryTransaction, object>({
    operation: 'createThing',
    store,
    principal: 'anybody',
    idempotency: { key: 'required', maxRecordedBytes: 1_000 },
    time,
    ...settings,
  })
}
const asked = (body: string | ReadableStream = '{"name":"tea"}', type = 'application/json'): Request =>
  new Request('http://shop.test/things', {
    method: 'POST',
    headers: { 'Idempotency-Key': 'k1', 'Content-Type': type },
    body,
    duplex: 'half',
  } as RequestInit)
const isReplay = ({ headers }: Response): boolean => headers.has('idempotent-replayed')

/** A body that the test writes piece by piece. */
function pieces(): { readonly stream: ReadableStream<Uint8Array>; write(text: string): void; end(): void } {
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given
    },
  })
  return {
    stream,
    write: (text) => controller.enqueue(new TextEncoder().encode(text)),
    end: () => controller.close(),
  }
}

describe('a fetch response', () => {
  it('of events is let through as it comes, and its reference is recorded', async () => {
    const body = pieces()
    const POST = idempotent(guardOf(), () => {
      const headers = { 'Content-Type': 'text/event-stream', Location: '/things/1' }
      return new Response(body.stream, { status: 201, headers })
    })
    const response = await POST(asked())
    const reader = response.body!.getReader()
    body.write('data: one\n\n')
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: one\n\n')
    body.end()
    const retry = await POST(asked())
    expect([retry.status, await retry.text(), retry.headers.get('location'), isReplay(retry)]).toEqual([
      201,
      '',
      '/things/1',
      true,
    ])
  })

  it('that does not end is let through when it has been held back for long enough, and nothing of it is lost', async () => {
    const body = pieces()
    const entered = createGate()
    const POST = idempotent(guardOf(), () => {
      entered.open()
      return new Response(body.stream)
    })
    body.write('one ')
    const answering = POST(asked())
    await entered.opened
    // The handler has returned, and its response is being read: then the clock moves.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    time.move(10_000)
    const response = await answering
    body.write('two')
    body.end()
    expect(await response.text()).toBe('one two')
    expect(await (await POST(asked())).text()).toBe('')
  })

  it('that its client stops reading is not read any further', async () => {
    let cancelled: unknown
    const POST = idempotent(guardOf(), () => {
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(600).fill(65)),
        cancel(reason) {
          cancelled = reason
        },
      })
      return new Response(stream)
    })
    const response = await POST(asked())
    await response.body!.cancel('enough')
    expect(cancelled).toBe('enough')
  })

  it('of a handler that throws is a problem, without what it said', async () => {
    const POST = idempotent(guardOf(), () => {
      throw new Error('select * from secret')
    })
    const response = await POST(asked())
    expect([response.status, response.headers.get('content-type')]).toEqual([500, 'application/problem+json'])
    expect(await response.text()).not.toMatch(/secret/)
  })

  it('gets through with further arguments, as a framework passes them', async () => {
    const POST = idempotent(guardOf(), (_request, _context, route: { readonly id: string }) => new Response(route.id))
    expect(await (await POST(asked(), { id: '7' })).text()).toBe('7')
  })
})

describe('what is the same request', () => {
  it.each([
    ['JSON that is none', '{"name":', 'application/json', '{"name" :'],
    ['a body with repeated members', '{"a":1,"a":2}', 'application/json', '{"a":1, "a":2}'],
    ['text', 'tea', 'text/plain', 'tea '],
  ])('is told by the bytes of %s', async (_, body, type, other) => {
    let runs = 0
    const POST = idempotent(guardOf(), () => {
      runs += 1
      return new Response('made')
    })
    await POST(asked(body, type))
    expect([isReplay(await POST(asked(body, type))), (await POST(asked(other, type))).status, runs]).toEqual([
      true,
      422,
      1,
    ])
  })

  it('is told by exact numbers, and by the content of a body that came without a length', async () => {
    const POST = idempotent(guardOf(), async (request) => new Response(await request.text()))
    const stream = () => new Blob(['{"n":9007199254740993}']).stream()
    expect(await (await POST(asked(stream()))).text()).toBe('{"n":9007199254740993}')
    expect(isReplay(await POST(asked('{ "n": 9007199254740993 }')))).toBe(true)
    expect((await POST(asked('{"n":9007199254740992}'))).status).toBe(422)
  })
})

describe('the meaning of a status', () => {
  it('can be given: a refusal that is final is recorded', async () => {
    const meaning = (status: number) => (status === 402 || status < 400 ? 'done' : 'nothing')
    const POST = idempotent(guardOf({ meaning }), () => new Response('declined', { status: 402 }))
    await POST(asked())
    const retry = await POST(asked())
    expect([retry.status, await retry.text(), isReplay(retry)]).toEqual([402, 'declined', true])
  })
})

describe('what is kept of a body', () => {
  it.each([
    ['text with NUL', 'a\0b', ''],
    ['text outside ASCII, with a byte order mark', '\ufeffŽ 😀', '\ufeffŽ 😀'],
  ])('of %s', async (_, body, kept) => {
    const POST = idempotent(guardOf(), () => new Response(body))
    const first = Buffer.from(await (await POST(asked())).arrayBuffer()).toString()
    const retry = Buffer.from(await (await POST(asked())).arrayBuffer()).toString()
    expect([first, retry]).toEqual([body, kept])
  })

  it('is none, where it is encoded, even if the coding makes text', async () => {
    const POST = idempotent(guardOf(), () => new Response('H4sI', { headers: { 'Content-Encoding': 'x-base64' } }))
    expect(await (await POST(asked())).text()).toBe('H4sI')
    expect(await (await POST(asked())).text()).toBe('')
  })

  it('is none, where the guard keeps references only', async () => {
    const guard = guardOf({ idempotency: { key: 'required', replay: 'reference' } })
    const POST = idempotent(guard, () => Response.json({ id: 1 }, { status: 201, headers: { Location: '/things/1' } }))
    expect(await (await POST(asked())).json()).toEqual({ id: 1 })
    const retry = await POST(asked())
    expect([await retry.text(), retry.headers.get('location')]).toEqual(['', '/things/1'])
  })
})

describe('Hono', () => {
  it.each(['in front of', 'behind'])('reads the body with a validator %s the guard', async (place) => {
    const guard = guardOf()
    const app = new Hono()
    const check = validator('json', (value) => value as { readonly name: string })
    const guarding = guardHono(guard as never)
    for (const middleware of place === 'behind' ? [guarding, check] : [check, guarding]) app.use('/things', middleware)
    app.post('/things', async (c) => c.text((await c.req.json<{ name: string }>()).name))
    for (const replayed of [false, true]) {
      const response = await app.request(asked())
      expect([response.status, await response.text(), isReplay(response)]).toEqual([200, 'tea', replayed])
    }
  })

  it('fails where somebody in front of the guard has kept the body to himself, and the handler does not run', async () => {
    let runs = 0
    const app = new Hono()
    app.onError(({ message }, c) => c.text(message, 500))
    app.use(async (c, next) => {
      await c.req.raw.text()
      await next()
    })
    app.post('/things', guardHono(guardOf() as never), (c) => {
      runs += 1
      return c.text('made')
    })
    const response = await app.request(asked())
    expect([response.status, runs]).toEqual([500, 0])
    expect(await response.text()).toMatch(/mount idempotent\(\) before/)
  })

  it('keeps the headers that middleware in front of the guard sets, once, on answers and replays', async () => {
    const app = new Hono()
    app.use(async (c, next) => {
      await next()
      c.header('X-Outer', 'yes')
    })
    app.post('/things', guardHono(guardOf() as never), (c) => {
      c.header('Set-Cookie', 'a=1', { append: true })
      c.header('Set-Cookie', 'b=2', { append: true })
      return c.text('made', 201)
    })
    const [first, retry] = [await app.request(asked()), await app.request(asked())]
    expect([first.headers.get('x-outer'), first.headers.getSetCookie()]).toEqual(['yes', ['a=1', 'b=2']])
    expect([retry.headers.get('x-outer'), retry.headers.getSetCookie(), isReplay(retry)]).toEqual(['yes', [], true])
  })
})
