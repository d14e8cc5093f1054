import { AssertionError } from 'node:assert'
import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import axios from 'axios'
import fastify from 'fastify'
import { Hono } from 'hono'
// @ts-expect-error: it has no types
import supertest from 'supertest'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { expectCreated } from '../../src/testing/index.ts'

const BODY = { id: 'a b', item: 'tea', quantity: 2 }
const HEADERS = { 'content-type': 'application/json; charset=utf-8', location: '/orders/a%20b', etag: '"1"' }
const answer = (changed: object = {}, body: unknown = BODY, status = 201) => ({
  status,
  headers: { ...HEADERS, ...changed },
  body,
})

let server: Server
let origin: string
beforeAll(async () => {
  server = createServer((request, response) => {
    const location = request.url === '/twice' ? ['/orders/1', '/orders/2'] : HEADERS.location
    const { location: _, ...others } = HEADERS
    response.setHeader('location', location).writeHead(201, others).end(JSON.stringify(BODY))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const message = async (response: unknown): Promise<IncomingMessage> => {
  const [received] = (await once(get(String(response)), 'response')) as [IncomingMessage]
  return received
}
const app = fastify()
app.post('/orders', (_, reply) => reply.code(201).headers(HEADERS).send(BODY))
app.post('/twice', (_, reply) => {
  reply.raw.setHeader('location', ['/orders/1', '/orders/2'])
  return reply.code(201).send(BODY)
})

/** A response of each client, over a real socket where it has one. */
const clients: Record<string, (path: string) => unknown> = {
  fetch: (path) => fetch(`${origin}${path}`, { method: 'POST' }),
  'inject of Fastify': (path) => app.inject({ method: 'POST', url: path }),
  supertest: (path) => supertest(server).post(path),
  axios: (path) => axios.post(`${origin}${path}`),
  'node:http': (path) => message(`${origin}${path}`),
  'request() of Hono': () =>
    new Hono().post('/orders', (c) => c.json(BODY, 201, HEADERS)).request('/orders', { method: 'POST' }),
  'an object with what others call it': async () => ({
    statusCode: 201,
    headers: new Map(Object.entries(HEADERS)),
    body: JSON.stringify(BODY),
  }),
  'pairs of headers and bytes': async () => ({
    status: 201,
    headers: Object.entries(HEADERS),
    body: new TextEncoder().encode(JSON.stringify(BODY)),
  }),
}

/** What an assertion throws. */
const failure = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => Promise.reject(new Error('It did not throw.')),
    (error) => error,
  )

describe('expectCreated', () => {
  it.each(Object.entries(clients))('reads the response of %s, as often as it is asked', async (_, send) => {
    const response = await send('/orders')
    for (let time = 0; time < 2; time++)
      expect(await expectCreated(response, { location: '/orders/{id}', etag: true })).toEqual({
        status: 201,
        location: '/orders/a%20b',
        path: '/orders/a%20b',
        parameters: { id: 'a b' },
        body: BODY,
        etag: '"1"',
      })
  })

  it('leaves a response of fetch readable', async () => {
    const response = await fetch(`${origin}/orders`)
    await expectCreated(response)
    expect(await response.json()).toEqual(BODY)
  })

  it.each(['fetch', 'inject of Fastify', 'supertest', 'axios', 'node:http'])(
    'sees two Location lines in the response of %s',
    async (client) => {
      const error = await failure(expectCreated(await clients[client]!('/twice')))
      expect(error.message).toMatch(/Location lines|more than one URI/)
    },
  )

  it.each([
    ['200', answer({}, BODY, 200), /The status is 200, and 201 \(Created\) was expected: RFC 9110 §9\.3\.3/],
    ['a refusal', answer({}, {}, 409), /The status is 409/],
    ['no Location', answer({ location: undefined }), /There is no Location\. RFC 9110 §9\.3\.3/],
    ['two Locations in one line', answer({ location: '/orders/1, /orders/2' }), /more than one URI/],
    ['a Location that is no URI', answer({ location: '/orders/a b' }), /no valid URI reference/],
    ['an empty Location', answer({ location: '' }), /no valid URI reference/],
    ['a Location with a fragment', answer({ location: '/orders#1' }), /has a fragment/],
    ['a body without Content-Type', answer({ 'content-type': undefined }), /no Content-Type/],
  ])('fails for %s', async (_, response, expected) => {
    const error = await failure(expectCreated(response))
    expect(error).toBeInstanceOf(AssertionError)
    expect(error.message).toMatch(expected)
  })

  it('tells all that is wrong, the fix, the page about the cause, and what was seen', async () => {
    const error = await failure(
      expectCreated({
        status: 200,
        headers: { 'content-type': 'application/json', 'set-cookie': 'sid=s3cret' },
        body: { id: 7 },
      }),
    )
    expect(error.message).toBe(
      `expectCreated: the answer is not the one that was expected.
- The status is 200, and 201 (Created) was expected: RFC 9110 §9.3.3 asks for it when a POST has created a resource.
  fix   Answer 201, with the URL of the new resource in Location.
  cause The handler leaves the framework's default answer in place: docs/reference/fixes/default-answer.md
- There is no Location. RFC 9110 §9.3.3 asks for a Location that identifies the created resource; without one the answer claims that the URL which was posted to is it (§15.3.2).
  fix   Send the URL of the new resource in a Location header.
  cause The handler leaves the framework's default answer in place: docs/reference/fixes/default-answer.md
  seen  status 200, content-type: "application/json", "{"id":7}"`,
    )
  })

  it('bounds what it quotes, and shows nothing that acts on a terminal', async () => {
    const error = await failure(
      expectCreated(answer({ location: `/${'x'.repeat(9_000)} \u001b[31m` }, '\u001b]0;owned\u0007'.repeat(999))),
    )
    expect(error.message.length).toBeLessThan(1_500)
    for (const sign of ['\u001b', '\u0007']) expect(error.message).not.toContain(sign)
  })

  it.each([
    ['an absolute one as its path', 'https://api.example/orders/7', '/orders/{id}', { id: '7' }, '/orders/7'],
    [
      'an absolute one in full',
      'https://api.example/orders/7',
      'https://api.example/orders/{id}',
      { id: '7' },
      '/orders/7',
    ],
    [
      'several names',
      '/shops/a/orders/7',
      '/shops/{shop}/orders/{order}',
      { shop: 'a', order: '7' },
      '/shops/a/orders/7',
    ],
    ['a query', '/orders?id=7', '/orders?id={id}', { id: '7' }, '/orders?id=7'],
    ['a RegExp with its groups', '/orders/7', /^\/orders\/(?<id>\d+)$/, { id: '7' }, '/orders/7'],
    ['a function', '/orders/7', (location: string) => location.endsWith('7'), {}, '/orders/7'],
  ])('compares Location with a pattern: %s', async (_, location, pattern, parameters, path) => {
    expect(await expectCreated(answer({ location }), { location: pattern })).toMatchObject({
      location,
      parameters,
      path,
    })
  })

  it.each([
    ['another path', '/orders/7', '/carts/{id}'],
    ['more than the pattern', '/orders/7/items', '/orders/{id}'],
    ['a sign that means something in a RegExp', '/ordersX7', '/orders.{id}'],
    ['a RegExp', '/orders/7', /^\/carts/],
    ['a function', '/orders/7', () => false],
    ['another host', 'https://api.example/orders/7', 'https://other.example/orders/{id}'],
  ])('refuses a Location that does not fit: %s', async (_, location, pattern) => {
    expect((await failure(expectCreated(answer({ location }), { location: pattern }))).message).toMatch(/Location is "/)
  })

  it('resolves a relative Location against the URL that was asked', async () => {
    const relative = answer({ location: 'orders/7' })
    expect((await expectCreated({ ...relative, url: 'https://api.example/v1/' })).path).toBe('/v1/orders/7')
    expect((await expectCreated(answer({ location: 'orders/7' }), { url: '/v2/orders' })).path).toBe('/v2/orders/7')
  })

  it.each([
    ['members', { item: 'tea' }],
    ['matchers within', { id: expect.any(String), item: expect.stringMatching(/^t/) }],
    ['a RegExp within', { item: /^tea$/g }],
    ['a matcher', expect.objectContaining({ quantity: 2 })],
    ['a function', (body: typeof BODY) => body.quantity === 2],
    ['a schema of zod', z.object({ id: z.string(), quantity: z.int() })],
    ['a schema of valibot', v.object({ id: v.string() })],
  ])('compares the body with %s', async (_, body) => {
    for (let time = 0; time < 2; time++) await expectCreated(answer(), { body })
  })

  it.each([
    ['a member', { item: 'coffee' }, '- /item is "tea", and "coffee" was expected.'],
    ['a member that is absent', { size: 1 }, '- /size is absent, and 1 was expected.'],
    ['a member of the prototype', { toString: expect.anything() }, '- /toString is absent, and Anything was expected.'],
    ['a matcher', { id: expect.any(Number) }, '- /id is "a b", and Any<Number> was expected.'],
    ['a RegExp', { quantity: /2/ }, '- /quantity is 2, and a text that matches /2/ was expected.'],
    ['a list', { item: ['tea'] }, '- /item is "tea", and a list of 1 was expected.'],
    ['a function', () => false, 'and the function of the test does not accept it (it returned false).'],
    ['a function that forgets to return', () => undefined as never, 'it has to return true for what it accepts.'],
    [
      'a schema',
      z.object({ id: z.int() }),
      '- /id does not fit the schema: "Invalid input: expected number, received string"',
    ],
  ])('tells where the body differs: %s', async (_, body, expected) => {
    expect((await failure(expectCreated(answer(), { body }))).message).toContain(expected)
  })

  it('refuses a function that returns a promise: it would accept everything', async () => {
    const error = await failure(expectCreated(answer(), { body: (async () => false) as never }))
    expect(error).toBeInstanceOf(TypeError)
  })

  it('takes an answer without a body, as Prefer: return=minimal gets it', async () => {
    const minimal = { ...answer({ 'content-type': undefined }), body: undefined }
    expect(await expectCreated(minimal)).toMatchObject({ location: '/orders/a%20b', body: undefined })
    expect((await failure(expectCreated(minimal, { body: {} }))).message).toContain('The body is absent')
  })

  it('compares Content-Type and ETag where the test asks', async () => {
    await expectCreated(answer(), { contentType: 'application/json', etag: /^"\d"$/ })
    await expectCreated(answer({ etag: undefined }), { etag: false })
    for (const [response, expected, told] of [
      [answer(), { contentType: 'application/hal+json' }, /Content-Type is "application\/json"/],
      [answer({ etag: undefined }), { etag: true }, /There is no ETag/],
      [answer({ etag: '1' }), { etag: true }, /ETag is "1", and an entity tag in quotes was expected/],
      [answer(), { etag: '"2"' }, /ETag is/],
      [answer(), { etag: false }, /none was expected/],
    ] as const)
      expect((await failure(expectCreated(response, expected))).message).toMatch(told)
  })

  it.each([
    ['nothing', undefined, /This is no response: undefined/],
    ['a body', BODY, /an object with id, item, quantity/],
    ['a promise', Promise.resolve(answer()), /Await the request first/],
    ['an error of axios', Object.assign(new Error('409'), { response: answer() }), /validateStatus/],
  ])('throws a TypeError for %s', async (_, response, expected) => {
    const error = await failure(expectCreated(response))
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toMatch(expected)
  })

  it('says so where the body was read before', async () => {
    const response = await fetch(`${origin}/orders`)
    await response.text()
    expect(await failure(expectCreated(response, { body: BODY }))).toBeInstanceOf(TypeError)
  })
})

describe('what expectCreated returns is typed by', () => {
  it('the pattern of Location', async () => {
    const { parameters } = await expectCreated(answer({ location: '/shops/1/orders/2' }), {
      location: '/shops/{shop}/orders/{order}',
    })
    expectTypeOf(parameters).toEqualTypeOf<{ readonly shop: string; readonly order: string }>()
    // @ts-expect-error: there is no such name in the pattern
    void parameters.id
  })

  it('the body that was expected', async () => {
    const { body } = await expectCreated(answer(), { body: { item: 'tea', id: expect.any(String) } })
    expectTypeOf(body.item).toEqualTypeOf<string>()
    expectTypeOf(body['other']).toEqualTypeOf<unknown>()
    const parsed = await expectCreated(answer(), { body: z.object({ quantity: z.int() }) })
    expectTypeOf(parsed.body).toEqualTypeOf<{ quantity: number }>()
    const isOrder = (seen: unknown): seen is typeof BODY => typeof seen === 'object'
    expectTypeOf((await expectCreated(answer(), { body: isOrder })).body).toEqualTypeOf<typeof BODY>()
    expectTypeOf((await expectCreated(answer())).body).toEqualTypeOf<Readonly<Record<string, unknown>>>()
  })
})
