import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send } from '../../send.ts'
import { body, creating, type ServedDocument, serveDocument } from '../serve-document.ts'

const note = { type: 'object', properties: { text: { type: 'string' }, stars: { type: 'integer' } } }
const titled = { ...note, required: ['text'] }
const optional = { content: { 'application/json': { schema: note } } }

let served: ServedDocument

beforeAll(async () => {
  served = await serveDocument({
    ...creating('/bare', undefined),
    ...creating('/optional', optional),
    ...creating('/titled', { content: { 'application/json': { schema: titled } } }),
    ...creating('/forms', {
      ...body(note, 'application/x-www-form-urlencoded', 'multipart/form-data'),
      required: false,
    }),
    ...creating('/required', body(note, 'application/json')),
    ...creating('/api', body(note, 'application/vnd.api+json')),
    ...creating('/hal', body(note, 'application/hal+json; charset=utf-8')),
    ...creating('/text', body(note, 'text/json')),
    ...creating('/any', body(note, '*/*')),
    '/names/{name}': {
      put: {
        parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 201: { description: 'Created' } },
      },
    },
  })
})

afterAll(() => served.close())

const post = (path: string, headers: Record<string, string> = {}, content?: string) =>
  send('POST', served.url + path, { headers, ...(content !== undefined && { body: content }) })

async function kept(location: string | undefined): Promise<Record<string, unknown>> {
  const { id: _id, ...state } = (await send('GET', new URL(location!, served.url).href)).json()
  return state
}

const nothing: readonly { what: string; headers: Record<string, string>; content?: string }[] = [
  { what: 'nothing at all, as curl -X POST does', headers: {} },
  { what: 'a length of 0, as fetch does', headers: { 'Content-Length': '0' } },
  { what: 'the label of JSON and no JSON', headers: { 'Content-Type': 'application/json', 'Content-Length': '0' } },
  {
    what: 'the label of a form and no form, as curl -d "" does',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': '0' },
  },
  {
    what: 'the label of text and no text',
    headers: { 'Content-Type': 'text/plain;charset=UTF-8', 'Content-Length': '0' },
  },
  {
    what: 'empty content in chunks',
    headers: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
  },
  { what: 'an empty object, as many clients do', headers: { 'Content-Type': 'application/json' }, content: '{}' },
]

describe.each(['/bare', '/optional', '/forms'])('a creation that needs no body (%s)', (path) => {
  it.each(path === '/forms' ? nothing.slice(0, 5) : nothing)('creates from $what', async ({ headers, content }) => {
    const made = await post(path, headers, content)
    expect(made.status).toBe(201)
    expect(await kept(made.headers.location)).toEqual({})
  })

  it('creates once for a key, whichever of them is sent', async () => {
    const key = { 'Idempotency-Key': `nothing${path}` }
    const first = await post(path, key)
    const again = await post(path, { ...key, 'Content-Type': 'application/json', 'Content-Length': '0' })
    expect([first.status, again.status, again.headers['idempotent-replayed']]).toEqual([201, 201, 'true'])
    expect(again.headers.location).toBe(first.headers.location)
  })
})

describe('a body that is sent all the same', () => {
  it('has no members where none is declared: 400 that names them, not a silent loss', async () => {
    const refused = await post('/bare', { 'Content-Type': 'application/json' }, '{"text":"a","b":1}')
    expect([refused.status, refused.json().type]).toEqual([400, '/problems/invalid-input'])
    expect(refused.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/text', '/b'])
  })

  it.each(['[]', 'null', '1', '"text"'])('is no object: %s is refused with 400', async (content) => {
    expect((await post('/bare', { 'Content-Type': 'application/json' }, content)).status).toBe(400)
  })

  it('is of no other type than JSON: 415', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain']) {
      const refused = await post('/bare', { 'Content-Type': type }, 'a=b')
      expect([refused.status, refused.headers['accept-post']]).toEqual([415, 'application/json'])
    }
  })

  it('is validated where it is optional', async () => {
    const made = await post('/optional', { 'Content-Type': 'application/json' }, '{"stars":3}')
    expect(await kept(made.headers.location)).toEqual({ stars: 3 })
    const refused = await post('/optional', { 'Content-Type': 'application/json' }, '{"stars":"3"}')
    expect([refused.status, refused.json().errors[0].pointer]).toEqual([400, '/stars'])
    const form = await post('/forms', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'stars=3')
    expect(await kept(form.headers.location)).toEqual({ stars: 3 })
  })
})

describe('no content', () => {
  it('is {} where a body is optional, and validated as that', async () => {
    const refused = await post('/titled')
    expect([refused.status, refused.json().errors[0].pointer]).toEqual([400, '/text'])
  })

  it('is refused with 400 where a body is required', async () => {
    for (const path of ['/required', '/text']) {
      for (const headers of [{}, { 'Content-Type': 'application/json', 'Content-Length': '0' }]) {
        const refused = await post(path, headers as Record<string, string>)
        expect([refused.status, refused.json().type]).toEqual([400, '/problems/malformed-body'])
      }
    }
  })

  it('creates by PUT', async () => {
    const made = await send('PUT', `${served.url}/names/ada`)
    expect([made.status, made.headers.location]).toEqual([201, '/names/ada'])
    const again = await send('PUT', `${served.url}/names/ada`, { body: { a: 1 } })
    expect([again.status, again.json().errors[0].pointer]).toEqual([400, '/a'])
  })
})

describe('JSON by another name', () => {
  it.each([
    ['/api', 'application/vnd.api+json'],
    ['/hal', 'application/hal+json'],
    ['/text', 'text/json'],
    ['/text', 'Text/JSON ; charset=utf-8'],
    ['/any', 'text/json'],
    ['/any', 'application/json'],
    ['/any', 'application/problem+json'],
  ])('%s takes %s', async (path, type) => {
    const made = await post(path, { 'Content-Type': type }, '{"stars":3}')
    expect(made.status).toBe(201)
    expect(await kept(made.headers.location)).toEqual({ stars: 3 })
  })

  it.each([
    ['/required', 'text/json'],
    ['/text', 'text/json; charset=latin1'],
    ['/text', 'text/jsonx'],
    ['/any', 'text/plain'],
    ['/any', 'application/x-www-form-urlencoded'],
  ])('%s does not take %s: 415', async (path, type) => {
    expect((await post(path, { 'Content-Type': type }, '{"stars":3}')).status).toBe(415)
  })
})
