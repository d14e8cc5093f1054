import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send } from '../../send.ts'
import { type ServedDocument, serveDocument } from '../serve-document.ts'

const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const answers = (status: number, schema: object) => ({ responses: { [status]: { description: '', ...json(schema) } } })
const role = {
  type: 'object',
  properties: { id: { type: 'integer' }, role: { type: 'string' }, users: { type: 'array' } },
}

let service: ServedDocument
beforeAll(async () => {
  service = await serveDocument({
    '/roles': {
      post: { requestBody: json({ type: 'string', minLength: 2 }), ...answers(200, role) },
      get: answers(200, { type: 'array', items: role }),
    },
    '/roles/{roleId}': {
      parameters: [{ name: 'roleId', in: 'path', required: true, schema: { type: 'integer' } }],
      get: answers(200, role),
    },
  })
})
afterAll(() => service.close())

const create = (body: string) =>
  send('POST', `${service.url}/roles`, { headers: { 'Content-Type': 'application/json' }, body })

describe('a creation whose body is one text', () => {
  it('keeps it as the member that answers have for it', async () => {
    const created = await create('"admin"')
    expect([created.status, created.json()]).toEqual([201, { id: 1, role: 'admin', users: [] }])
    const read = await send('GET', `${service.url}${created.headers.location}`)
    expect(read.json()).toEqual({ id: 1, role: 'admin', users: [] })
  })

  it('refuses what its schema refuses', async () => {
    for (const body of ['"a"', '{}', '5', 'null']) {
      const { status, json } = await create(body)
      expect([body, status, json().errors[0].pointer]).toEqual([body, 400, ''])
    }
  })
})
