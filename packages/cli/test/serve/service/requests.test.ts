import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Running } from '../../createonce.ts'
import { send } from '../../send.ts'
import { customer, serveShop } from './serve-shop.ts'

let service: Running
beforeAll(async () => {
  service = await serveShop()
})
afterAll(async () => {
  await service.stop()
})

const at = (path: string): string => new URL(path, service.url).href
const post = (path: string, body: object, headers = {}) => send('POST', at(path), { body, headers })
const get = (path: string, headers = {}) => send('GET', at(path), { headers })

async function newCustomer(): Promise<{ id: number; path: string; etag: string }> {
  const made = await post('/customers', customer(`C${randomUUID()}`))
  expect(made.status).toBe(201)
  return { id: made.json().id, path: made.headers.location!, etag: made.headers.etag! }
}

describe('a creation of the document', () => {
  it('answers 201 with Location, ETag and the body that GET answers', async () => {
    const made = await post('/customers', { ...customer('Ada'), id: 99 })
    const read = await get(made.headers.location!)
    expect(made.status).toBe(201)
    expect(made.headers.location).toMatch(/^\/customers\/\d+$/)
    expect(made.json()).toMatchObject({ ...customer('Ada'), tier: 'basic' })
    expect(made.json().id).not.toBe(99)
    expect(Date.parse(made.json().createdAt)).not.toBeNaN()
    expect([read.status, read.body, read.headers.etag]).toEqual([200, made.body, made.headers.etag])
  })

  it('answers in the envelope that the document declares, and GET in the same', async () => {
    const { id } = await newCustomer()
    const made = await post('/orders', { number: randomUUID(), customerId: id, payment: { iban: 'DE1' } })
    expect(made.status).toBe(201)
    expect(made.json().data.customerId).toBe(id)
    expect((await get(made.headers.location!)).body).toBe(made.body)
  })

  it('replays the first answer to a retry with the same key, and refuses the key for another body', async () => {
    const key = { 'Idempotency-Key': randomUUID() }
    const first = await post('/customers', customer('Replayed'), key)
    const second = await post('/customers', customer('Replayed'), key)
    const other = await post('/customers', customer('Other'), key)
    expect([second.status, second.body, second.headers.location]).toEqual([201, first.body, first.headers.location])
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect([other.status, other.json().type]).toEqual([422, '/problems/idempotency-key-reused'])
  })

  it('creates one resource for 20 requests with one key at the same time', async () => {
    const key = { 'Idempotency-Key': randomUUID() }
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/customers', customer('Raced'), key)))
    const made = answers.filter(({ status }) => status === 201)
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([])
    expect(new Set(made.map(({ headers }) => headers.location)).size).toBe(1)
    expect((await get('/customers?name=Raced')).json()).toHaveLength(1)
  })

  it('sends no body where the client wants none', async () => {
    const made = await post('/customers', customer('Terse'), { Prefer: 'return=minimal' })
    expect([made.status, made.body, made.headers['preference-applied']]).toEqual([201, '', 'return=minimal'])
    expect((await get(made.headers.location!)).json().name).toBe('Terse')
  })

  it('names every fault of a body by its pointer', async () => {
    const refused = await post('/customers', { name: '', email: 'no address', tier: 'silver' })
    expect(refused.status).toBe(400)
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/)
    const pointers = refused.json().errors.map(({ pointer }: { pointer: string }) => pointer)
    expect(new Set(pointers)).toEqual(new Set(['/name', '/email', '/tier']))
  })

  it('takes one of the forms of a `oneOf`, and not two', async () => {
    const { id } = await newCustomer()
    const payment = { iban: 'DE1', card: '4' }
    expect((await post('/orders', { number: randomUUID(), customerId: id, payment })).status).toBe(400)
  })
})

describe('parameters that a creation requires', () => {
  const parametersOf = async (path: string, headers: object) => {
    const { status, json } = await post(path, { text: 'x' }, headers)
    return [status, (json().errors ?? []).map(({ parameter }: { parameter: string }) => parameter)]
  }

  it('have to be there, and to be what their schema says: 400 with their names', async () => {
    expect(await parametersOf('/notes?shelf=2', { 'X-Channel': 'web' })).toEqual([201, []])
    expect(await parametersOf('/notes', {})).toEqual([400, ['shelf', 'X-Channel']])
    expect(await parametersOf('/notes?shelf=0', { 'X-Channel': 'web' })).toEqual([400, ['shelf']])
    expect(await parametersOf('/notes?shelf=top', { 'X-Channel': 'mail' })).toEqual([400, ['shelf', 'X-Channel']])
  })
})

describe('two with the same natural key', () => {
  it('are refused by `reject`: 409, with the fields', async () => {
    await post('/customers', customer('Twice'))
    const again = await post('/customers', customer('Twice'))
    expect([again.status, again.json().type, again.json().fields]).toEqual([
      409,
      '/problems/duplicate-resource',
      ['email'],
    ])
  })

  it('are one by `return-existing`: 200, with the Location of the first', async () => {
    const { id } = await newCustomer()
    const order = { number: randomUUID(), customerId: id, payment: { card: '4' } }
    const first = await post('/orders', order)
    const second = await post('/orders', order)
    expect([second.status, second.headers.location, second.body]).toEqual([200, first.headers.location, first.body])
  })
})

describe('parents and references', () => {
  it('have to be there: 404 for a parent, 400 with the pointer for a reference', async () => {
    const orphan = await post('/customers/999999/addresses', { street: 'Main' })
    const order = await post('/orders', { number: randomUUID(), customerId: 999_999, payment: { card: '4' } })
    expect([orphan.status, orphan.json().type]).toEqual([404, '/problems/parent-not-found'])
    expect([order.status, order.json().errors[0].pointer]).toEqual([400, '/customerId'])
  })

  it('take what lies below with them when they are deleted', async () => {
    const { path } = await newCustomer()
    const address = await post(`${path}/addresses`, { street: 'Main' })
    expect((await get(address.headers.location!)).status).toBe(200)
    expect((await send('DELETE', at(path))).status).toBe(204)
    expect((await get(path)).status).toBe(404)
    expect((await get(address.headers.location!)).status).toBe(404)
  })
})

describe('a list', () => {
  it('is followed to its end by Link, and has everything once', async () => {
    const tier = 'gold'
    const made: number[] = []
    for (let n = 0; n < 7; n += 1) made.push((await post('/customers', { ...customer(`Page${n}`), tier })).json().id)
    const seen: number[] = []
    let next: string | undefined = '/customers?tier=gold&limit=3'
    while (next !== undefined && seen.length < 100) {
      const page = await get(next)
      seen.push(...page.json().map(({ id }: { id: number }) => id))
      next = /<([^>]*)>; rel="next"/.exec(String(page.headers.link ?? ''))?.[1]
    }
    expect(seen).toEqual([...made].reverse())
  })

  it('is followed to its end by what its envelope says', async () => {
    const { id } = await newCustomer()
    for (let n = 0; n < 5; n += 1)
      await post('/orders', { number: randomUUID(), customerId: id, payment: { card: String(n) } })
    const seen: string[] = []
    let next: string | null = `/orders?customerId=${id}&page_size=2`
    while (next !== null && seen.length < 100) {
      const page = (await get(next)).json()
      expect(page.total).toBe(5)
      seen.push(...page.data.map((order: { id: string }) => order.id))
      next = page.next ?? null
    }
    expect(new Set(seen).size).toBe(5)
  })

  it.each(['/customers?q=Ada', '/customers?sort=name'])(
    '%s is not served: 501, and not what was not asked',
    async (path) => {
      const refused = await get(path)
      expect(refused.status).toBe(501)
      expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/)
    },
  )
})

describe('conditions', () => {
  it('answer 304 to GET with the tag, and change nothing where another tag is named', async () => {
    const { path, etag } = await newCustomer()
    expect((await get(path, { 'If-None-Match': etag })).status).toBe(304)
    const headers = { 'If-Match': '"another"' }
    const patched = await send('PATCH', at(path), { body: { tier: 'gold' }, headers })
    const deleted = await send('DELETE', at(path), { headers })
    expect([patched.status, deleted.status]).toEqual([412, 412])
    expect((await get(path)).headers.etag).toBe(etag)
    const changed = await send('PATCH', at(path), { body: { tier: 'gold' }, headers: { 'If-Match': etag } })
    expect([changed.status, changed.json().tier]).toEqual([200, 'gold'])
    expect((await get(path)).headers.etag).toBe(changed.headers.etag)
    const gone = await send('DELETE', at(path), { headers: { 'If-Match': changed.headers.etag! } })
    expect(gone.status).toBe(204)
  })

  it('let a PUT create only, or replace only what the client has seen', async () => {
    const url = at(`/coupons/${randomUUID()}`)
    const put = (percent: number, headers = {}) => send('PUT', url, { body: { percent }, headers })
    const made = await put(10, { 'If-None-Match': '*' })
    const again = await put(20, { 'If-None-Match': '*' })
    const seen = await send('GET', url)
    const stale = await put(30, { 'If-Match': '"another"' })
    const replaced = await put(40, { 'If-Match': seen.headers.etag! })
    expect([made, again, stale, replaced].map(({ status }) => status)).toEqual([201, 412, 412, 200])
    expect((await send('GET', url)).json().percent).toBe(40)
  })
})

describe('a PATCH', () => {
  it('takes application/merge-patch+json, for which RFC 7396 stands', async () => {
    const { path } = await newCustomer()
    const headers = { 'Content-Type': 'application/merge-patch+json' }
    const patched = await send('PATCH', at(path), { body: '{"tier":"gold"}', headers })
    expect([patched.status, patched.json().tier]).toEqual([200, 'gold'])
  })

  it('may not remove what has to be there: 400 with the pointer, and nothing is changed', async () => {
    const { path, etag } = await newCustomer()
    const patched = await send('PATCH', at(path), { body: { name: null } })
    expect([patched.status, patched.json().errors?.[0].pointer]).toEqual([400, '/name'])
    expect((await get(path)).headers.etag).toBe(etag)
  })

  it.each([
    ['nothing', '', 'malformed-body'],
    ['half a value', '{"tier":', 'malformed-body'],
    ['a member named __proto__', '{"__proto__":{"tier":"gold"}}', 'invalid-input'],
    ['what is nested deeper than a creation takes', `{"x":${'['.repeat(1_000)}${']'.repeat(1_000)}}`, 'malformed-body'],
    ['no object', '[]', 'invalid-input'],
  ])('of %s is refused as a problem', async (_, body, code) => {
    const { path, etag } = await newCustomer()
    for (const type of ['application/json', 'application/merge-patch+json']) {
      const patched = await send('PATCH', at(path), { body, headers: { 'Content-Type': type } })
      expect([patched.status, patched.json().type]).toEqual([400, `/problems/${code}`])
    }
    expect((await get(path)).headers.etag).toBe(etag)
  })
})

describe('what cannot be served is a problem', () => {
  const refusals: readonly [string, string, string, object | string, string, number, string][] = [
    ['content of another type', 'PATCH', '/customers/1', '<x/>', 'text/xml', 415, '/problems/unsupported-media-type'],
    [
      'a body that is too large',
      'PATCH',
      '/customers/1',
      `"${'x'.repeat(1_100_000)}"`,
      'application/json',
      413,
      '/problems/content-too-large',
    ],
    ['another method', 'PUT', '/customers', {}, 'application/json', 405, '/problems/method-not-allowed'],
    ['an operation that is not served', 'GET', '/reports/monthly', '', '', 501, 'about:blank'],
    ['an address that cannot be read', 'GET', '/customers/%zz', '', '', 400, 'about:blank'],
    ['a parameter that is too long', 'GET', `/coupons/${'x'.repeat(3_000)}`, '', '', 414, 'about:blank'],
    ['what is not there', 'GET', '/nothing', '', '', 404, 'about:blank'],
  ]
  it.each(refusals)('%s', async (_, method, path, body, contentType, status, type) => {
    const headers = contentType === '' ? {} : { 'Content-Type': contentType }
    const answer = await send(method, `${service.url}${path}`, { body, headers })
    expect([answer.status, answer.json().type]).toEqual([status, type])
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json().requestId).toMatch(/./)
  })

  it('and metrics name the route of a refused method as the document does', async () => {
    await send('PUT', at('/customers/1'), { body: {} })
    const { body } = await get('/metrics')
    expect(body).toMatch(
      /http_request_method="PUT",http_route="\/customers\/\{customerId\}",http_response_status_code="405"/,
    )
  })
})
