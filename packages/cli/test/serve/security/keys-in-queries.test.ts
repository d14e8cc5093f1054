import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send } from '../../send.ts'
import { serveWithTokens, tokens } from './serve-with-tokens.ts'

const note = { type: 'object', properties: { title: { type: 'string' } } }
const answer = (status: number, schema: object) => ({
  [status]: { description: 'It', content: { 'application/json': { schema } } },
})
// Real documents declare the key a second time, as a parameter of each operation.
const parameters = [{ name: 'api_key', in: 'query', schema: { type: 'string' } }]
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
let served: Awaited<ReturnType<typeof serveWithTokens>>

beforeAll(async () => {
  served = await serveWithTokens({
    security: [{ key: [] }],
    paths: {
      '/notes': {
        post: {
          parameters,
          requestBody: { content: { 'application/json': { schema: note } } },
          responses: answer(201, {}),
        },
        get: { responses: answer(200, { type: 'array', items: {} }) },
      },
      '/notes/{id}': {
        get: { parameters: [id, ...parameters], responses: answer(200, {}) },
        delete: { parameters: [id, ...parameters], responses: { 204: { description: 'Gone' } } },
      },
    },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'api_key' } } },
  })
})
afterAll(() => served.close())

describe('an API key in the query', () => {
  const key = `api_key=${tokens.ada}`
  const create = (title: string) => send('POST', `${served.url}/notes?${key}`, { body: { title } })

  it('becomes no member of what is created', async () => {
    const created = await create('First')
    expect(created.status).toBe(201)
    expect(created.body).not.toContain(tokens.ada)
    const read = await send('GET', `${served.url}${created.headers['location']}?${key}`)
    expect([read.status, read.body.includes(tokens.ada)]).toEqual([200, false])
  })

  it('is no filter of a list, and not in the link to the next page', async () => {
    await create('Second')
    await create('Third')
    const list = await send('GET', `${served.url}/notes?title=Third&${key}`)
    expect([list.status, JSON.parse(list.body).length]).toEqual([200, 1])
    const page = await send('GET', `${served.url}/notes?${key}&limit=1`)
    expect(page.headers['link']).toMatch(/^<\/notes\?limit=1&after=\d+>; rel="next"$/)
  })

  it('does not keep from deleting', async () => {
    const { headers } = await create('Fourth')
    expect((await send('DELETE', `${served.url}${headers['location']}?${key}`)).status).toBe(204)
  })
})
