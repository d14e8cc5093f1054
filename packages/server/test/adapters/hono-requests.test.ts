import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { setCookie } from 'hono/cookie'
import { validator } from 'hono/validator'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { toHono } from '../../src/adapters/hono.ts'
import { type CreationRequest, created, defineCreation } from '../../src/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'

type Env = { Variables: { user: { readonly name: string } } }

const createThing = defineCreation({
  operation: 'createThing',
  store: memoryStore(),
  principal(request: CreationRequest<Context<Env>>) {
    expectTypeOf(request.native.get('user')).toEqualTypeOf<{ readonly name: string }>()
    return request.native.get('user').name
  },
  input: { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as { name: string } }) } },
  create: ({ name }, { principal }) => created({ id: '1', name, owner: principal }),
  duplicates: 'allow',
  idempotency: 'optional',
  location: '/things/{id}',
})

const signedIn = () =>
  new Hono<Env>().use(async (c, next) => {
    c.set('user', { name: 'ann' })
    await next()
  })
const json = { 'Content-Type': 'application/json' }
const send = (app: Hono<Env>, body: BodyInit = '{"name":"tea"}') =>
  app.request('/things', { method: 'POST', headers: json, body, duplex: 'half' } as RequestInit)
const chunked = () => new Blob(['{"name":"tea"}']).stream()

describe('a creation as a handler of Hono', () => {
  it('names the caller that middleware found', async () => {
    const response = await send(signedIn().post('/things', toHono(createThing)))
    expect([response.status, await response.json()]).toEqual([201, { id: '1', name: 'tea', owner: 'ann' }])
  })

  it('comes after a validator, whose answer is its own', async () => {
    const checked = validator('json', (value: { name?: unknown }, c) =>
      typeof value.name === 'string' ? { name: value.name } : c.text('No name', 422),
    )
    const app = signedIn().post('/things', checked, toHono(createThing))
    expect((await send(app)).status).toBe(201)
    expect((await send(app, '{}')).status).toBe(422)
  })

  it('comes after a limit of the body, whose answer is its own', async () => {
    const app = signedIn()
      .use(bodyLimit({ maxSize: 20 }))
      .post('/things', toHono(createThing))
    expect((await send(app, chunked())).status).toBe(201)
    const long = await send(app, new Blob([`{"name":"${'x'.repeat(20)}"}`]).stream())
    expect([long.status, await long.text()]).toEqual([413, 'Payload Too Large'])
  })

  it('keeps the headers and cookies that were set before, and what is added after', async () => {
    const app = signedIn()
      .use(async (c, next) => {
        c.header('X-Own', 'before')
        setCookie(c, 'a', '1')
        setCookie(c, 'b', '2')
        await next()
        c.header('X-After', 'after')
      })
      .post('/things', toHono(createThing))
    const { headers } = await send(app)
    expect([headers.get('x-own'), headers.get('x-after'), headers.get('location')]).toEqual([
      'before',
      'after',
      '/things/1',
    ])
    expect(headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/'])
  })

  it('leaves the body to whoever asks Hono for it afterwards, however it came', async () => {
    let after: unknown
    const app = signedIn()
      .use(async (c, next) => {
        await next()
        after = await c.req.json()
      })
      .post('/things', toHono(createThing))
    for (const body of ['{"name":"tea"}', chunked()]) {
      after = undefined
      expect((await send(app, body)).status).toBe(201)
      expect(after).toEqual({ name: 'tea' })
    }
  })

  it('is a fault of the application where the body was read around Hono', async () => {
    let fault: Error | undefined
    const app = signedIn()
      .use(async (c, next) => {
        await c.req.raw.json()
        await next()
      })
      .post('/things', toHono(createThing))
      .onError((error, c) => {
        fault = error
        return c.text('Sorry', 500)
      })
    expect((await send(app)).status).toBe(500)
    expect(fault?.message).toContain('c.req.json()')
  })
})
