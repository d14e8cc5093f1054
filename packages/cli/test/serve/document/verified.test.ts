import { loadTarget, type Report, verify } from '@createonce/verifier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { body, type ServedDocument, serveDocument } from '../serve-document.ts'

// As documents are: no readOnly, no additionalProperties, a 201 that says nothing of its content, no list, no read.
const order = { type: 'object', properties: { id: { type: 'integer' }, item: { type: 'string', minLength: 1 } } }
const name = { type: 'object', properties: { id: { type: 'string' }, text: { type: 'string', minLength: 1 } } }
const bare = (schema: object) => ({
  post: { requestBody: body(schema, 'application/json'), responses: { 201: { description: 'Created' } } },
})
const answered = (schema: object) => ({
  post: {
    requestBody: body(schema, 'application/json'),
    responses: { 201: { description: 'It', content: { 'application/json': { schema } } } },
  },
})

let served: ServedDocument
let report: Report

beforeAll(async () => {
  served = await serveDocument({
    '/orders': bare({ ...order, required: ['item'] }),
    '/names': answered(name),
    '/notes': answered({ ...name, required: ['text'] }),
  })
  const target = await loadTarget(`${served.url}/openapi.json`)
  report = await run(verify({ target, hostile: true, seed: 1, sleep: async () => {} }))
})

afterAll(() => served.close())

describe('a document as it is served', () => {
  it('is judged without any finding, be it a note', () => {
    const findings = report.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
    expect(findings.map(({ check, operation, message }) => `${check} ${operation}: ${message}`)).toEqual([])
  })

  it('is judged, and every one of its creations', () => {
    const created = report.results.filter(({ check, verdict }) => check === 'created-status-201' && verdict === 'pass')
    expect(created.map(({ operation }) => operation)).toEqual(['POST /orders', 'POST /names', 'POST /notes'])
  })

  it('says of a 201 what it has as its content, and of an id that the server makes it', async () => {
    const document = await (await fetch(`${served.url}/openapi.json`)).json()
    const { post } = document.paths['/orders']
    expect(post.responses[201].content['application/json'].schema.type).toBe('object')
    const { schema } = post.requestBody.content['application/json']
    expect([schema.additionalProperties, schema.properties.item.readOnly]).toEqual([true, undefined])
  })
})

async function run(running: ReturnType<typeof verify>): Promise<Report> {
  for (;;) {
    const step = await running.next()
    if (step.done) return step.value
  }
}
