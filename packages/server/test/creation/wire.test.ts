import { afterEach, describe, expect, it } from 'vitest'
import { existing, problemCatalogue } from '../../src/index.ts'
import { createGate } from '../../src/testing/gate.ts'
import type { HeaderLines, WireAnswer } from '../../src/testing/send-request.ts'
import { sendRequest } from '../../src/testing/send-request.ts'
import { insertItem, itemSchema, openShop, type Shop, type ShopSettings } from './shop.ts'

let shop: Shop
const open = async (settings: ShopSettings = {}): Promise<Shop> => {
  shop = await openShop(settings)
  return shop
}
afterEach(() => shop.close())

const key = (value: string): HeaderLines => [['Idempotency-Key', value]]
const header = (answer: WireAnswer, name: string): string | undefined => answer.headers.get(name)?.[0]

/** The one event that the last request logged. */
function onlyEvent() {
  expect(shop.events).toHaveLength(1)
  return shop.events.splice(0)[0]!
}

function expectProblem(
  answer: WireAnswer,
  code: keyof typeof problemCatalogue,
  status: number = problemCatalogue[code].status,
) {
  const problem = JSON.parse(answer.body) as Record<string, unknown>
  expect({ status: answer.status, type: header(answer, 'content-type'), problem }).toMatchObject({
    status,
    type: expect.stringContaining('application/problem+json'),
    problem: { type: `/problems/${code}`, title: problemCatalogue[code].title, status, requestId: expect.any(String) },
  })
  expect(onlyEvent()).toMatchObject({ event: problemCatalogue[code].event, code, status, operation: 'createItem' })
  return problem
}

describe('created', () => {
  it('answers 201 with Location and the representation, and GET of Location answers the same', async () => {
    const { origin } = await open()
    const answer = await shop.post({ name: 'tea' })
    expect(answer.status).toBe(201)
    const location = header(answer, 'location')!
    expect(location).toMatch(/^\/shelves\/top\/items\/[\w-]+$/)
    const read = await sendRequest(origin, { method: 'GET', path: location })
    expect(JSON.parse(read.body)).toEqual(JSON.parse(answer.body))
    expect(onlyEvent()).toMatchObject({ event: 'creation.created', status: 201, location, attempt: 1 })
  })

  it('carries the ETag that the author gives for the row', async () => {
    await open({ etag: ({ name }) => `"${name}"` })
    expect(header(await shop.post({ name: 'tea' }), 'etag')).toBe('"tea"')
  })

  it('answers return=minimal with Location and no body, and says so', async () => {
    await open()
    const answer = await shop.post({ name: 'tea' }, [['Prefer', 'respond-async, return=minimal']])
    expect([answer.status, answer.body, header(answer, 'preference-applied')]).toEqual([201, '', 'return=minimal'])
    expect(header(answer, 'location')).toBeDefined()
  })

  it('heeds the first of several preferences for its content, on one line or on several (RFC 7240 §2)', async () => {
    await open()
    const lines: HeaderLines = [
      ['Prefer', 'respond-async; wait="1, return=minimal"'],
      ['Prefer', 'return="representation"; a=b'],
      ['Prefer', 'return=minimal'],
    ]
    const answer = await shop.post({ name: 'tea' }, lines)
    expect(header(answer, 'preference-applied')).toBe('return=representation')
    expect(JSON.parse(answer.body)).toMatchObject({ name: 'tea' })
  })

  it('ignores what it does not support, also under handling=strict, which asks for no more than is done anyhow', async () => {
    await open()
    const strict: HeaderLines = [['Prefer', 'handling=strict, depth-noroot, return=nothing']]
    const answer = await shop.post({ name: 'tea' }, strict)
    expect([answer.status, header(answer, 'preference-applied')]).toEqual([201, undefined])
    expect(JSON.parse(answer.body)).toMatchObject({ name: 'tea' })
    expect((await shop.post({ name: 'milk', colour: 'red' }, strict)).status).toBe(400)
    expect((await shop.post({ name: 'milk', colour: 'red' }, [['Prefer', 'handling=lenient']])).status).toBe(400)
  })

  it('claims no representation for an existing resource that is answered without content', async () => {
    await open({ duplicates: { policy: 'return-existing', naturalKey: ['name'], find: () => shop.items()[0] } })
    await shop.post({ name: 'tea' })
    const answer = await shop.post({ name: 'tea' }, [['Prefer', 'return=minimal']])
    expect([answer.status, answer.body]).toEqual([200, ''])
    expect(header(answer, 'location')).toBeDefined()
    expect(header(answer, 'content-location')).toBeUndefined()
  })

  it('lets no cache keep what depends on a preference: nothing says how long, nor that it is what GET answers', async () => {
    await open({ duplicates: { policy: 'return-existing', naturalKey: ['name'], find: () => shop.items()[0] } })
    for (const prefer of ['return=minimal', 'return=representation', 'unknown']) {
      const answer = await shop.post({ name: 'tea' }, [['Prefer', prefer]])
      expect(header(answer, 'cache-control') ?? header(answer, 'expires')).toBeUndefined()
      expect(header(answer, 'content-location')).not.toBe('/shelves/top/items')
    }
  })

  it('takes the tuple of a Flask view, with the same checks behind it', async () => {
    await open({ create: ({ name }) => [{ id: '1', shelf: 'top', name }, 201, { 'X-Own': 'yes' }] })
    const answer = await shop.post({ name: 'tea' })
    expect([answer.status, header(answer, 'location'), header(answer, 'x-own')]).toEqual([
      201,
      '/shelves/top/items/1',
      'yes',
    ])
    onlyEvent()
  })

  it.each([
    ['a line break in a header', { 'X-Own': 'a\r\nX-Canary: 1' }],
    ['a Location of another origin', { Location: 'https://evil.example/1' }],
    ["a header of the library's", { 'Content-Type': 'text/html' }],
  ])('rolls back a tuple with %s, before anything is committed', async (_, headers) => {
    await open({
      create: (input, context) => {
        insertItem(input, context)
        return [{ id: '1', shelf: 'top', name: input.name }, 201, headers as unknown as Record<string, string>]
      },
    })
    const answer = await shop.post({ name: 'tea' })
    expectProblem(answer, 'internal-error')
    expect(answer.headers.has('x-canary')).toBe(false)
    expect(shop.items()).toEqual([])
  })
})

describe('replayed', () => {
  it('answers the same status, headers and body, marked, and creates nothing', async () => {
    await open()
    const first = await shop.post({ name: 'tea' }, key('k1'))
    const retry = await shop.post('{ "name" : "t\\u0065a" }', key('"k1"'))
    expect([retry.status, retry.body, header(retry, 'location')]).toEqual([201, first.body, header(first, 'location')])
    expect(header(retry, 'idempotent-replayed')).toBe('true')
    expect(header(first, 'idempotent-replayed')).toBeUndefined()
    expect(shop.items()).toHaveLength(1)
    expect(shop.events.map(({ event }) => event)).toEqual(['creation.created', 'creation.replayed'])
  })

  it('does not change with the Prefer and Accept of the retry', async () => {
    await open()
    const first = await shop.post({ name: 'tea' }, key('k1'))
    const retry = await shop.post({ name: 'tea' }, [
      ...key('k1'),
      ['Prefer', 'return=minimal'],
      ['Accept', 'application/*'],
    ])
    expect(retry.body).toBe(first.body)
    expect(header(retry, 'preference-applied')).toBeUndefined()
    const other = await shop.post({ name: 'tea' }, [...key('k1'), ['Accept', 'text/html']])
    expect([other.status, other.body]).toEqual([201, first.body])
  })

  it('stays the recorded answer after the resource was deleted', async () => {
    const { store } = await open()
    const first = await shop.post({ name: 'tea' }, key('k1'))
    await store.write((tx) => tx.prepare('delete from item').run())
    const retry = await shop.post({ name: 'tea' }, key('k1'))
    expect([retry.status, retry.body]).toEqual([201, first.body])
    expect(shop.items()).toEqual([])
  })

  it('never repeats Set-Cookie', async () => {
    await open({
      create: async (input, context) => {
        const result = await insertItem(input, context)
        return 'kind' in result && result.kind === 'created'
          ? { ...result, headers: { 'Set-Cookie': 'session=1' } }
          : result
      },
    })
    expect(header(await shop.post({ name: 'tea' }, key('k1')), 'set-cookie')).toBe('session=1')
    expect(header(await shop.post({ name: 'tea' }, key('k1')), 'set-cookie')).toBeUndefined()
  })

  it('is kept apart by caller: the same key of another one is another request', async () => {
    await open({
      duplicates: 'allow',
      create: async (input, context) => insertItem({ name: `${input.name} of ${context.principal}` }, context),
    })
    const first = await shop.post({ name: 'tea' }, [...key('k1'), ['X-Caller', 'ann']])
    const other = await shop.post({ name: 'tea' }, [...key('k1'), ['X-Caller', 'bob']])
    expect([first.status, other.status]).toEqual([201, 201])
    expect(header(other, 'idempotent-replayed')).toBeUndefined()
    expect(shop.items()).toHaveLength(2)
  })
})

describe('the key', () => {
  it('that is missing though required is 400, and nothing is created', async () => {
    await open({ idempotency: 'required' })
    expectProblem(await shop.post({ name: 'tea' }), 'idempotency-key-missing')
    expect(shop.items()).toEqual([])
  })

  it.each(['', '"', 'a b', 'a,b', 'x'.repeat(256), `"${'x'.repeat(256)}"`, '"a";p=1', 'a;p=1', 'a\\b', '"é"'])(
    'that is malformed is 400, and nothing is created: %j',
    async (value) => {
      await open()
      expectProblem(await shop.post({ name: 'tea' }, key(value)), 'idempotency-key-invalid')
      expect(shop.items()).toEqual([])
    },
  )

  it('that is sent where none is taken is 400, not ignored', async () => {
    await open({ idempotency: 'off' })
    expectProblem(await shop.post({ name: 'tea' }, key('k1')), 'idempotency-key-invalid')
  })

  it('that is in flight is 409 with Retry-After, by default at once', async () => {
    const [entered, gate] = [createGate(), createGate()]
    await open({
      create: async (input, context) => {
        entered.open()
        await gate.opened
        return insertItem(input, context)
      },
    })
    const first = shop.post({ name: 'tea' }, key('k1'))
    await entered.opened
    const second = await shop.post({ name: 'tea' }, key('k1'))
    expectProblem(second, 'idempotency-key-in-flight')
    expect(header(second, 'retry-after')).toBe('1')
    expectProblem(await shop.post({ name: 'coffee' }, key('k1')), 'idempotency-key-reused')
    gate.open()
    expect((await first).status).toBe(201)
  })

  it('that is in flight is waited for up to waitMs, then replayed', async () => {
    const [entered, gate] = [createGate(), createGate()]
    await open({
      idempotency: { key: 'optional', waitMs: 20_000 },
      create: async (input, context) => {
        entered.open()
        await gate.opened
        return insertItem(input, context)
      },
    })
    const first = shop.post({ name: 'tea' }, key('k1'))
    await entered.opened
    const others = Array.from({ length: 10 }, () => shop.post({ name: 'tea' }, key('k1')))
    gate.open()
    const bodies = (await Promise.all([first, ...others])).map(({ status, body }) => `${status} ${body}`)
    expect(new Set(bodies).size).toBe(1)
    expect(shop.items()).toHaveLength(1)
  })

  it('that was used with another payload is 422, changes nothing, and the first answer is kept', async () => {
    await open()
    const first = await shop.post({ name: 'tea' }, key('k1'))
    shop.events.length = 0
    expectProblem(await shop.post({ name: 'coffee' }, key('k1')), 'idempotency-key-reused')
    expect((await shop.post({ name: 'tea' }, key('k1'))).body).toBe(first.body)
    expect(shop.items()).toHaveLength(1)
  })

  it('that was used with another payload is 400 by option', async () => {
    await open({ idempotency: { key: 'optional', reusedStatus: 400 } })
    await shop.post({ name: 'tea' }, key('k1'))
    shop.events.length = 0
    expectProblem(await shop.post({ name: 'coffee' }, key('k1')), 'idempotency-key-reused', 400)
  })

  it('tells numbers apart that a double cannot, and takes spellings of one number as one', async () => {
    await open()
    await shop.post('{"name":"tea","size":1.50}', key('k1'))
    expect(header(await shop.post('{"size":15e-1,"name":"tea"}', key('k1')), 'idempotent-replayed')).toBe('true')
    shop.events.length = 0
    expectProblem(
      await shop.post('{"name":"tea","size":1.5000000000000000000001}', key('k1')),
      'idempotency-key-reused',
    )
  })

  it('is not used up by a refusal: the corrected request with the same key creates', async () => {
    await open()
    expectProblem(await shop.post({ name: '' }, key('k1')), 'invalid-input')
    expect((await shop.post({ name: 'tea' }, key('k1'))).status).toBe(201)
  })
})

describe('refused', () => {
  it.each([
    '{"name":',
    '',
    'nonsense',
    '{"name":"a","name":"b"}',
    '{"name":"a"}}',
    '{"size":1e999,"name":"a"}',
    '{"name":"\\ud800"}',
  ])('a body that is no JSON is 400: %j', async (body) => {
    await open()
    expectProblem(await shop.post(body), 'malformed-body')
    expect(shop.items()).toEqual([])
  })

  it('invalid input is 400 with every fault and its pointer', async () => {
    await open()
    const problem = expectProblem(await shop.post('{"name":"","size":9007199254740993,"a/b~c":1}'), 'invalid-input')
    const pointers = (problem['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)
    expect(pointers).toEqual(expect.arrayContaining(['/name', '/size']))
  })

  it('invalid input is 422 by option', async () => {
    await open({ invalidStatus: 422 })
    expectProblem(await shop.post({ name: '' }), 'invalid-input', 422)
  })

  it('a member named __proto__ is refused and touches no prototype', async () => {
    await open({ input: itemSchema.loose() as never })
    expectProblem(await shop.post('{"name":"tea","__proto__":{"polluted":true}}'), 'invalid-input')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('a parent that does not exist is 404, and no orphan is left', async () => {
    await open()
    expectProblem(await shop.post({ name: 'tea' }, [], '/shelves/nowhere/items'), 'parent-not-found')
    expect(shop.items()).toEqual([])
  })

  it('another method is 405 with Allow', async () => {
    await open()
    const answer = await shop.send({ method: 'PUT', path: '/shelves/top/items' })
    expectProblem(answer, 'method-not-allowed')
    expect(header(answer, 'allow')).toBe('POST, OPTIONS')
  })

  it('another media type is 415 with Accept-Post, and 406 comes before anything is created', async () => {
    await open()
    const text = await shop.send({
      path: '/shelves/top/items',
      headers: [['Content-Type', 'text/plain']],
      body: '{"name":"tea"}',
    })
    expectProblem(text, 'unsupported-media-type')
    expect(header(text, 'accept-post')).toBe('application/json')
    expectProblem(await shop.post({ name: 'tea' }, [['Accept', 'application/x-nope']]), 'not-acceptable')
    expect(shop.items()).toEqual([])
  })

  it('a body over the limit is 413', async () => {
    await open({ maxBodyBytes: 100 })
    expectProblem(await shop.post({ name: 'x'.repeat(200) }), 'content-too-large')
  })
})

describe('a duplicate', () => {
  it('is 409 under reject, names the fields and links the existing resource', async () => {
    await open()
    const first = await shop.post({ name: 'tea' })
    shop.events.length = 0
    const problem = expectProblem(await shop.post({ name: 'tea' }), 'duplicate-resource')
    expect(problem).toMatchObject({ fields: ['name'], existing: header(first, 'location') })
    expect(shop.items()).toHaveLength(1)
  })

  it('is 409 without a link where find shows nothing to this caller', async () => {
    await open({ duplicates: { policy: 'reject', naturalKey: ['name'], find: () => undefined } })
    await shop.post({ name: 'tea' })
    shop.events.length = 0
    expect(expectProblem(await shop.post({ name: 'tea' }), 'duplicate-resource')).not.toHaveProperty('existing')
  })

  it('is 200 with the Location of the existing one under return-existing, and that is recorded and replayed', async () => {
    await open({
      duplicates: {
        policy: 'return-existing',
        naturalKey: ['name'],
        find: ({ name }, { tx }) => tx.prepare('select id, shelf, name from item where name = ?').get(name) as never,
      },
    })
    const first = await shop.post({ name: 'tea' })
    const second = await shop.post({ name: 'tea' }, key('k1'))
    expect([second.status, header(second, 'location'), header(second, 'content-location')]).toEqual([
      200,
      header(first, 'location'),
      header(first, 'location'),
    ])
    expect(JSON.parse(second.body)).toEqual(JSON.parse(first.body))
    const replay = await shop.post({ name: 'tea' }, key('k1'))
    expect([replay.status, replay.body, header(replay, 'idempotent-replayed')]).toEqual([200, second.body, 'true'])
    expect(shop.events.map(({ event }) => event)).toEqual([
      'creation.created',
      'creation.existing',
      'creation.replayed',
    ])
  })

  it('has one winner among 30 at once, and no 5xx', async () => {
    await open()
    const answers = await Promise.all(Array.from({ length: 30 }, () => shop.post({ name: 'tea' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(29).fill(409)])
    expect(shop.items()).toHaveLength(1)
  })

  it('of another rule than the natural key is a fault, not a 409', async () => {
    await open({ duplicates: { policy: 'reject', naturalKey: ['colour' as never] } })
    await shop.post({ name: 'tea' })
    shop.events.length = 0
    expectProblem(await shop.post({ name: 'tea' }), 'internal-error')
  })

  it('that create() itself finds follows the policy too', async () => {
    await open({ create: () => existing({ id: '7', shelf: 'top', name: 'tea' }) })
    expect(expectProblem(await shop.post({ name: 'tea' }), 'duplicate-resource')).toMatchObject({
      existing: '/shelves/top/items/7',
    })
  })
})

describe('failed', () => {
  it('is 500 with a request id and nothing of the error; rolled back, and the key stays usable', async () => {
    let isBroken = true
    await open({
      create: (input, context) => {
        const result = insertItem(input, context)
        if (isBroken) throw new Error('select * from item where secret = 1')
        return result
      },
    })
    const answer = await shop.post({ name: 'tea' }, key('k1'))
    expect(shop.events[0]).toMatchObject({ err: expect.any(Error) })
    const problem = expectProblem(answer, 'internal-error')
    expect(answer.body).not.toMatch(/select|secret|at /)
    expect(problem['requestId']).toMatch(/.+/)
    expect(shop.items()).toEqual([])
    isBroken = false
    expect((await shop.post({ name: 'tea' }, key('k1'))).status).toBe(201)
  })

  it('is 503 overloaded with Retry-After where too many wait', async () => {
    const [entered, gate] = [createGate(), createGate()]
    await open({
      store: {
        name: 'full',
        once: async () => ({ kind: 'overloaded', retryAfterMs: 1_500 }),
        purge: async () => 0,
        erase: async () => 0,
        close: async () => {},
      },
    })
    const answer = await shop.post({ name: 'tea' }, key('k1'))
    expectProblem(answer, 'overloaded')
    expect(header(answer, 'retry-after')).toBe('2')
    entered.open()
    gate.open()
  })

  it('is 503 store-unavailable where the database is gone: fails closed', async () => {
    const { store } = await open()
    await store.close()
    const answer = await shop.post({ name: 'tea' }, key('k1'))
    expectProblem(answer, 'store-unavailable')
    expect(header(answer, 'retry-after')).toBeDefined()
  })

  it('is 500 where principal() names nobody, and nothing is created', async () => {
    await open({ principal: () => '' })
    expectProblem(await shop.post({ name: 'tea' }, key('k1')), 'internal-error')
    expect(shop.items()).toEqual([])
  })
})

describe('the log', () => {
  it('has no key, caller or body in clear, and tells equal ones apart from others', async () => {
    await open({ logSecret: 'secret' })
    await shop.post({ name: 'tea-body' }, [...key('the-key'), ['X-Caller', 'the-caller']])
    await shop.post({ name: 'tea-body' }, [...key('the-key'), ['X-Caller', 'the-caller']])
    await shop.post({ name: 'other-body' }, [...key('another-key'), ['X-Caller', 'the-caller']])
    const text = JSON.stringify(shop.events)
    expect(text).not.toMatch(/the-key|another-key|the-caller|tea-body|other-body/)
    const [first, second, third] = shop.events
    expect(second).toMatchObject({ key: first!.key, principal: first!.principal })
    expect(third!.key).not.toBe(first!.key)
  })

  it('that throws does not turn a creation into an error', async () => {
    const broken = () => {
      throw new Error('disk full')
    }
    await open({ log: { info: broken, warn: broken, error: broken } })
    expect((await shop.post({ name: 'tea' })).status).toBe(201)
  })
})
