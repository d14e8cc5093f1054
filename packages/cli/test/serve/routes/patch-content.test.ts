import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send } from '../../send.ts'
import { type ServedDocument, serveDocument } from '../serve-document.ts'

const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const note = { type: 'object', properties: { title: { type: 'string' }, any: {} } }
let served: ServedDocument
let url: string

beforeAll(async () => {
  const one = { 200: { description: 'It', ...json(note) } }
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
  served = await serveDocument({
    '/notes': { post: { requestBody: json(note), responses: { 201: { description: 'It', ...json(note) } } } },
    '/notes/{id}': { parameters, get: { responses: one }, patch: { requestBody: json(note), responses: one } },
  })
  const { headers } = await send('POST', `${served.url}/notes`, { body: { title: 'As it was', any: 1 } })
  url = served.url + headers['location']
})
afterAll(() => served.close())

const patch = (body: string, type = 'application/json') =>
  send('PATCH', url, { body, headers: type === '' ? {} : { 'Content-Type': type } })

describe('the body of a PATCH', () => {
  it.each([
    ['has a member twice', '{"title":"a","title":"b"}', 'malformed-body'],
    ['is no JSON', '{"title":', 'malformed-body'],
    ['is empty', '', 'malformed-body'],
    [
      'is nested deeper than any reader follows',
      `{"any":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'malformed-body',
    ],
    ['has an integer that would lose digits', '{"any":9007199254740993}', 'invalid-input'],
    ['has a member that is called __proto__', '{"any":{"__proto__":{"a":1}}}', 'invalid-input'],
    ['is a list', '[]', 'invalid-input'],
  ])('that %s is refused as a problem', async (_what, body, code) => {
    const answer = await patch(body)
    expect([answer.status, answer.headers['content-type'], answer.json().type]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
      `/problems/${code}`,
    ])
    expect((await send('GET', url)).json()).toMatchObject({ title: 'As it was', any: 1 })
  })

  it('has to be labelled as JSON or as a merge patch, which the refusal says', async () => {
    for (const type of ['text/plain', 'application/json-patch+json', '']) {
      const refused = await patch('{"title":"b"}', type)
      expect([refused.status, refused.headers['accept-patch']]).toEqual([
        415,
        'application/merge-patch+json, application/json',
      ])
    }
    expect((await patch('{"any":2}', 'application/merge-patch+json; charset=utf-8')).json().any).toBe(2)
    expect((await patch('{"any":1}')).json().any).toBe(1)
  })

  it('is of a type that no other route takes', async () => {
    const headers = { 'Content-Type': 'application/x-createonce-patch' }
    expect((await send('POST', `${served.url}/notes`, { body: '{}', headers })).status).toBe(415)
    expect((await send('PATCH', url, { body: '{"any":3}', headers })).status).toBe(415)
  })
})
