import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { body, type ServedDocument, serveDocument } from '../serve-document.ts'

const text = { type: 'string' }
const answer = (status: number, schema: object) => ({
  responses: { [status]: { description: 'It', content: { 'application/json': { schema } } } },
})
const named = (name: string) => ({ name, in: 'path', required: true, schema: text })
const object = (properties: object, required: readonly string[] = []) => ({ type: 'object', properties, required })

const secret = object({ value: text })
const label = object({ id: { type: 'integer' }, name: text }, ['name'])
const issue = object({ title: text, labels: { type: 'array', items: text }, type: text }, ['title'])
const shownIssue = object({
  ...{ id: { type: 'integer' }, title: text },
  ...{ labels: { type: 'array', items: label }, type: label },
})

/** Of a document with hundreds of creations, the little that was served wrongly. */
const paths = {
  '/secrets/{name}': {
    parameters: [named('name')],
    put: { requestBody: body(secret, 'application/json'), ...answer(201, secret) },
    get: answer(200, secret),
  },
  '/issues': { post: { requestBody: body(issue, 'application/json'), ...answer(201, shownIssue) } },
  '/issues/{id}': { parameters: [named('id')], get: answer(200, shownIssue) },
}

let service: ServedDocument
beforeAll(async () => {
  service = await serveDocument(paths)
})
afterAll(() => service.close())

function send(method: string, path: string, content: unknown): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' }
  return fetch(service.url + path, { method, headers, body: JSON.stringify(content) })
}

describe('a PUT that creates', () => {
  it.each([null, [], 7])('refuses the body %j as the fault of its client', async (content) => {
    const refused = await send('PUT', '/secrets/a', content)
    expect(refused.status).toBe(400)
    expect(refused.headers.get('content-type')).toMatch('application/problem+json')
  })
})

describe('what is sent by its name and shown as an object', () => {
  it('has that name in the object, in the answer and when it is read', async () => {
    const created = await send('POST', '/issues', { title: 'Tea', labels: ['hot', 'new'], type: 'bug' })
    expect(created.status).toBe(201)
    const shown = await created.json()
    expect(shown).toMatchObject({ title: 'Tea', labels: [{ name: 'hot' }, { name: 'new' }], type: { name: 'bug' } })
    const read = await fetch(new URL(created.headers.get('location')!, service.url))
    expect(await read.json()).toEqual(shown)
  })
})
