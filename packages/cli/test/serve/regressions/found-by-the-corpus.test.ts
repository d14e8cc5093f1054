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
    '/rest/{service}/**': { get: { responses: { 200: { description: '' } } } },
    '/finn-åpne': { get: { responses: { 200: { description: '' } } } },
  },
}

let service: Running
beforeAll(async () => {
  const file = join(temporaryFolder(), 'found.json')
  writeFileSync(file, JSON.stringify(document))
  service = await startCreateonce(['serve', file, '--port', '0', '--store', 'memory:'])
})
afterAll(() => service.stop())

async function create(path: string, body: object): Promise<{ answer: Response; made: unknown; read: unknown }> {
  const answer = await fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
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
