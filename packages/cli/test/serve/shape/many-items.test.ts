import { expect, it } from 'vitest'
import { send } from '../../send.ts'
import { serveDocument } from '../serve-document.ts'

it('items that have to be unique are looked at once: tens of thousands of objects are created and read like any others', async () => {
  const tags = { type: 'array', uniqueItems: true, items: { type: 'object', properties: { a: { type: 'integer' } } } }
  const content = { 'application/json': { schema: { type: 'object', properties: { tags } } } }
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
  const served = await serveDocument({
    '/lists': { post: { requestBody: { content }, responses: { 201: { description: 'It', content } } } },
    '/lists/{id}': { get: { parameters, responses: { 200: { description: 'It', content } } } },
  })
  const items = Array.from({ length: 40_000 }, (_, a) => ({ a }))
  const created = await send('POST', `${served.url}/lists`, { body: { tags: items } })
  expect(created.status).toBe(201)
  const read = await send('GET', served.url + created.headers['location'])
  expect(read.json().tags).toHaveLength(items.length)
  const refused = await send('POST', `${served.url}/lists`, { body: { tags: [...items, { a: 0 }] } })
  expect(refused.json().errors).toEqual([{ pointer: '/tags', detail: expect.stringContaining('duplicate items') }])
  await served.close()
})
