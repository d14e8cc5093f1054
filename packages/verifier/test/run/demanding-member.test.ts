import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../../src/index.ts'
import { runVerify } from '../run-verify.ts'
import { serve } from '../targets/serve.ts'

// The document does not tell that a project has to be there; who names one that is not is answered 500.
const tea = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    project: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
  },
}
const content = { 'application/json': { schema: tea } }
const document = (origin: string) => ({
  openapi: '3.1.0',
  info: { title: 'teas', version: '1' },
  servers: [{ url: origin }],
  paths: {
    '/teas': {
      get: {
        responses: { 200: { description: 'all', content: { 'application/json': { schema: { type: 'array' } } } } },
      },
      post: { requestBody: { required: true, content }, responses: { 201: { description: 'made', content } } },
    },
    '/teas/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { responses: { 200: { description: 'one', content } } },
      delete: { responses: { 204: { description: 'gone' } } },
    },
  },
})

let report: Report
beforeAll(async () => {
  const teas = new Map<string, object>()
  let last = 0
  const target = await serve(document, (method, url, _headers, body) => {
    const id = url.pathname.split('/')[2] ?? ''
    if (id !== '') {
      const tea = teas.get(id)
      if (tea === undefined) return { status: 404, body: { error: 'unknown' } }
      return method === 'DELETE' ? { status: teas.delete(id) ? 204 : 404 } : { status: 200, body: tea }
    }
    if (method !== 'POST') return { status: 200, body: [...teas.values()] }
    let sent: Record<string, unknown>
    try {
      sent = JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(body))
    } catch {
      return { status: 400, body: { error: 'no JSON' } }
    }
    if (typeof sent?.['name'] !== 'string') return { status: 400, body: { error: 'name' } }
    if (sent['project'] !== undefined) return { status: 500, body: { error: 'something went wrong' } }
    if (sent['tags'] !== undefined && !Array.isArray(sent['tags'])) return { status: 400, body: { error: 'tags' } }
    last += 1
    const tea = { id: last, name: sent['name'], ...(sent['tags'] !== undefined && { tags: sent['tags'] }) }
    teas.set(String(last), tea)
    return { status: 201, body: tea, headers: { Location: `/teas/${last}` } }
  })
  report = (await runVerify(target.document)).report
  await target.close()
})

const found = (check: string) => report.results.find((one) => one.check === check)

test('an API that answers 500 to an optional member is judged by bodies without it', () => {
  expect(report.operations[0]?.judged).toBe(true)
  expect(found('input-roundtrip')?.verdict).toBe('pass')
})

test.each(['unicode-roundtrip', 'input-roundtrip', 'invalid-is-4xx'])(
  '%s does not blame something else for what that member does',
  (check) => {
    expect(found(check)?.message ?? '').not.toContain('500')
    expect(found(check)?.verdict).toBe('pass')
  },
)

afterAll(() => expect(report.leftovers).toEqual([]))
