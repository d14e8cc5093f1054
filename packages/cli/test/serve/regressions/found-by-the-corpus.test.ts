import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startCreateonce, temporaryFolder } from '../../createonce.ts'

const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const created = (schema: object) => ({ responses: { 201: { description: '', ...json(schema) } } })

const player = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    score: { type: 'integer', format: 'int32' },
    // Nothing but its name says what it is.
    password: { type: 'string' },
  },
}
const shownPlayer = {
  type: 'object',
  properties: {
    ...{ id: { type: 'integer' }, name: { type: 'string' }, score: { type: 'integer', format: 'int32' } },
    ...{ password: { type: 'string' }, created_date: { type: 'string', format: 'date-time' } },
  },
}
const note = { type: 'object', properties: { text: { type: 'string' } } }

const agreement = {
  type: 'object',
  properties: { agreement_id: { type: 'string', example: 'cgc1ocvh0pt9fqs0ma67r42l58' } },
}

const planet = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
}
const license = {
  type: 'object',
  required: ['code', 'message', 'result'],
  properties: {
    code: { type: 'integer', example: 2000 },
    message: { type: 'string', example: 'Success' },
    result: { type: 'object', required: ['key'], properties: { key: { type: 'string' }, uri: { type: 'string' } } },
  },
}
const page = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'uri'],
  properties: { title: { type: 'string' }, uri: { type: 'string', pattern: '\\/pages\\/[a-f\\d]{24}' } },
}
const file = { type: 'object', properties: { id: { type: 'string' }, storage: { type: 'string' } } }
const user = {
  type: 'object',
  properties: { id: { type: 'string' }, email: { type: 'string' }, location: { type: 'string' } },
}
const link = {
  type: 'object',
  required: ['uri'],
  properties: { id: { type: 'integer' }, uri: { type: 'string', pattern: '^\\/[a-z]{8}$' } },
}
const one = (name: string, type: string, schema: object, more: object = {}) => ({
  parameters: [{ name, in: 'path', required: true, schema: { type } }],
  get: { responses: { 200: { description: '', ...json(schema) } }, ...more },
})

/** Of each document of the corpus that was not served without fault, the little that made it fail. */
const document = {
  openapi: '3.0.3',
  info: { title: 'Found', version: '1' },
  paths: {
    '/players': { post: { requestBody: json(player), ...created(shownPlayer) } },
    '/players/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { responses: { 200: { description: '', ...json(shownPlayer) } } },
    },
    '/agreements': { post: { requestBody: json({ type: 'object' }), ...created(agreement) } },
    // Nothing reads a note, and no answer declares its id.
    '/notes': { post: { requestBody: json(note), ...created(note) } },
    // Who creates a planet is known, and anybody may read it.
    '/planets': {
      post: { security: [{ token: [] }], requestBody: json(planet), ...created(planet) },
      get: { responses: { 200: { description: '', ...json({ type: 'array', items: planet }) } } },
    },
    '/planets/{id}': one('id', 'integer', planet),
    '/licenses': { post: { requestBody: json(note), ...created(license) } },
    '/licenses/{key}': one('key', 'string', license),
    '/pages': {
      post: { requestBody: json({ type: 'object', properties: { title: { type: 'string' } } }), ...created(page) },
    },
    '/pages/{pageId}': {
      parameters: [{ name: 'pageId', in: 'path', required: true, schema: { type: 'string', pattern: '[a-f\\d]{24}' } }],
      get: { responses: { 200: { description: '', ...json(page) } } },
    },
    '/files': {
      post: {
        requestBody: json({ type: 'object', properties: { data: { type: 'string' } } }),
        ...created({ type: 'object', properties: { data: file } }),
      },
    },
    '/files/{id}': one('id', 'string', { type: 'object', properties: { data: file } }),
    '/users': { post: { requestBody: json(user), ...created(user) } },
    '/users/register': {
      post: {
        requestBody: json({ type: 'object', required: ['email'], properties: { email: { type: 'string' } } }),
        responses: { 204: { description: '' } },
      },
    },
    '/users/{id}': one('id', 'string', user),
    // The number of a role, though the roles of this document are named by text.
    '/roles': { post: { requestBody: json(note), ...created(file) } },
    '/roles/{id}': one('id', 'string', file),
    '/links': { post: { requestBody: json(note), ...created(link) } },
    '/links/{id}': one('id', 'integer', link),
    '/tickets': {
      post: {
        requestBody: json({ type: 'object', required: ['title'], properties: { title: { type: 'string' } } }),
        responses: {
          201: { description: '' },
          400: { description: '', ...json({ type: 'object', properties: { errors: { type: 'object' } } }) },
        },
      },
    },
    '/permissions': {
      post: {
        requestBody: json({ type: 'object', properties: { role: { type: 'integer' } } }),
        ...created({ type: 'object', properties: { id: { type: 'integer' }, role: { type: 'integer' } } }),
      },
    },
    '/rest/{service}/**': { get: { responses: { 200: { description: '' } } } },
    '/finn-åpne': { get: { responses: { 200: { description: '' } } } },
  },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
}
const TOKEN = 'token-of-ann-0123456789'

let service: Running
beforeAll(async () => {
  const file = join(temporaryFolder(), 'found.json')
  writeFileSync(file, JSON.stringify(document))
  service = await startCreateonce(['serve', file, '--port', '0', '--store', 'memory:', '--token', `ann=${TOKEN}`])
})
afterAll(() => service.stop())

async function create(path: string, body: object): Promise<{ answer: Response; made: unknown; read: unknown }> {
  const answer = await fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify(body),
  })
  const location = answer.headers.get('location')
  const read = location === null ? undefined : await (await fetch(new URL(location, service.url))).json()
  return { answer, made: await answer.json(), read }
}

describe('what is kept and shown', () => {
  it('has the smallest 32-bit number, as petstores send it', async () => {
    const { made, read } = await create('/players', { name: 'ada', score: -2147483648 })
    expect(made).toMatchObject({ name: 'ada', score: -2147483648 })
    expect(read).toEqual(made)
  })

  it('has no password that a client sent, also where only its name says that it is one', async () => {
    const { answer, made, read } = await create('/players', { name: 'ada', password: 'correct-horse' })
    expect(answer.status).toBe(201)
    expect(JSON.stringify([made, read])).not.toContain('correct-horse')
  })

  it('is not what a client sends for members that only answers have: the server sets them', async () => {
    const { answer, read } = await create('/players', { name: 'ada', id: 4711, created_date: '1999-12-31T23:59:59Z' })
    expect(answer.status).toBe(201)
    expect(read).not.toMatchObject({ id: 4711 })
    expect(read).toMatchObject({ created_date: expect.not.stringContaining('1999') })
  })

  it('has an id as long as the example, since what refers to it may have to be that long', async () => {
    const { made } = await create('/agreements', {})
    expect(JSON.stringify(made)).toMatch(/"[a-z0-9]{26}"/)
  })

  it('has an id where no schema names one, the same in the answer and when it is read', async () => {
    const { answer, made, read } = await create('/notes', { text: 'hello' })
    expect(made).toMatchObject({ text: 'hello', id: expect.stringMatching(/./) })
    expect(answer.headers.get('location')).toBe(`/notes/${(made as { id: string }).id}`)
    expect(read).toEqual(made)
  })
})

describe('who sees what', () => {
  it('is everybody where anybody may read, whoever created it', async () => {
    const { made, read } = await create('/planets', { name: 'Mars' })
    expect(read).toEqual(made)
    const listed = await fetch(`${service.url}/planets`, { headers: { Authorization: `Bearer ${TOKEN}` } })
    expect(await listed.json()).toContainEqual(made)
  })
})

describe('an answer', () => {
  it('has the codes of its envelope as the examples have them, also when it is read', async () => {
    const { made, read } = await create('/licenses', { text: 'hello' })
    expect(made).toMatchObject({ code: 2000, message: 'Success', result: { key: expect.stringMatching(/./) } })
    expect(read).toEqual(made)
  })

  it('has a uri that leads to what was created, where nothing else names it', async () => {
    const { answer, made, read } = await create('/pages', { title: 'x' })
    expect(made).toEqual({ title: 'x', uri: answer.headers.get('location') })
    expect((await create('/pages', { title: 'x' })).made).not.toEqual(made)
    expect(read).toEqual(made)
  })

  it('has a link of its own also where no path looks as the document wants it', async () => {
    const [one, other] = [await create('/links', { text: 'a' }), await create('/links', { text: 'b' })]
    expect(one.made).toMatchObject({ uri: expect.stringMatching(/^\/[a-z]{8}$/) })
    expect(other.made).not.toMatchObject({ uri: (one.made as { uri: string }).uri })
    expect(one.read).toEqual(one.made)
  })

  it('keeps a text called data within the data that holds the answer', async () => {
    const { made, read } = await create('/files', { data: 'hello' })
    expect(made).toEqual({ data: { id: expect.stringMatching(/./), data: 'hello' } })
    expect(read).toEqual(made)
  })

  it('has a location that is the place of a person only where one was sent', async () => {
    expect((await create('/users', { email: 'a@example.com' })).read).not.toHaveProperty('location')
    expect((await create('/users', { email: 'a@example.com', location: 'Oslo' })).read).toMatchObject({
      location: 'Oslo',
    })
  })
})

describe('a problem', () => {
  it('has its errors by name where the document declares an object of them', async () => {
    const { answer, made } = await create('/tickets', { title: 7 })
    expect(answer.status).toBe(400)
    expect(made).toMatchObject({ status: 400, errors: { '/title': [expect.stringMatching(/./)] } })
  })
})

describe('an id', () => {
  it('is not what a creation was sent that does not take it, though another one does', async () => {
    expect((await create('/users', { id: 'ann' })).made).toMatchObject({ id: 'ann' })
    const { answer } = await create('/users/register', { email: 'b@example.com', id: 'bob' })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).not.toBe('/users/bob')
  })

  it('is not what a number says where ids are text', async () => {
    expect((await create('/permissions', { role: 3 })).made).toMatchObject({ role: 3 })
  })
})

describe('a path that is not served', () => {
  it.each(['/rest/cars/a/b', '/finn-%C3%A5pne'])('answers 501 with its reason: %s', async (path) => {
    const answer = await fetch(`${service.url}${path}`)
    expect(answer.status).toBe(501)
    expect(await answer.json()).toMatchObject({
      title: 'Not Implemented',
      detail: expect.stringContaining('not served'),
    })
  })
})
