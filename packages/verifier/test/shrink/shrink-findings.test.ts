import { afterEach, describe, expect, test } from 'vitest'
import type { Report, Result } from '../../src/index.ts'
import { toCurl } from '../../src/report/to-curl.ts'
import { runVerify } from '../run-verify.ts'
import { startApi } from '../targets/create-api.ts'
import { type Answering, serve } from '../targets/serve.ts'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

const address = {
  type: 'object',
  required: ['city'],
  properties: { city: { type: 'string' }, street: { type: 'string' }, floor: { type: 'integer', minimum: 10 } },
}
const parcel = {
  type: 'object',
  required: ['to'],
  properties: {
    to: address,
    from: address,
    grams: { type: 'integer', minimum: 0, maximum: 90_000 },
    notes: { type: 'array', minItems: 2, maxItems: 4, items: { type: 'string', minLength: 8 } },
    insured: { type: 'boolean' },
  },
}

interface Parcel {
  readonly from?: { readonly street?: string }
  readonly grams?: number
}

/** Parcels with much in them that may be left out; `answer` says what a create of one is answered with. */
async function post(
  answer: (parcel: Parcel, id: string) => Answering,
  { members = {}, policy = {} }: { members?: object; policy?: object } = {},
): Promise<string> {
  const schema = { ...parcel, properties: { ...parcel.properties, ...members } }
  const stored = new Map<string, unknown>()
  const problem = (status: number): Answering => ({
    ...{ status, headers: { 'Content-Type': 'application/problem+json' }, body: { title: 'no', status } },
  })
  const ok = { description: '', content: { 'application/json': { schema: { type: 'object' } } } }
  const api = await serve(
    (origin) => ({
      openapi: '3.1.0',
      info: { title: 'Post', version: '1' },
      servers: [{ url: origin }],
      paths: {
        '/parcels': {
          post: {
            operationId: 'send',
            'x-creation': policy,
            requestBody: { required: true, content: { 'application/json': { schema } } },
            responses: { 201: ok },
          },
        },
        '/parcels/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          get: { responses: { 200: ok } },
          delete: { responses: { 204: { description: '' } } },
        },
      },
    }),
    (method, url, _headers, content) => {
      const id = /^\/parcels\/(\w+)$/.exec(url.pathname)?.[1]
      if (id !== undefined && method === 'DELETE') return { status: stored.delete(id) ? 204 : 404 }
      if (id !== undefined) return stored.has(id) ? { status: 200, body: stored.get(id) } : problem(404)
      if (url.pathname !== '/parcels' || method !== 'POST') return problem(404)
      const sent = JSON.parse(content.toString()) as Parcel
      const made = String(stored.size + 1)
      const given = answer(sent, made)
      if (given.status < 300) stored.set(made, given.body)
      return given
    },
  )
  close = api.close
  return api.document
}

const created = (body: object, id: string): Answering => ({
  status: 201,
  headers: { Location: `/parcels/${id}` },
  body: { ...body, id },
})

const finding = ({ results }: Report, check: string): Result =>
  results.find((one) => one.check === check && one.verdict === 'fail') as Result
const bodyOf = ({ exchanges }: Report, id: number | undefined): Record<string, unknown> =>
  JSON.parse(exchanges.find((one) => one.id === id)?.request.body ?? '') as Record<string, unknown>

describe('a finding', () => {
  test('shows the smallest request that has what the document requires, where nothing else matters', async () => {
    const document = await post((body, id) => ({ ...created(body, id), status: 200 }))
    const { report } = await runVerify(document, { checks: ['created-status-201'] })
    const { evidence, shrunkFrom, reproduce } = finding(report, 'created-status-201')
    expect(bodyOf(report, evidence[0])).toEqual({ to: { city: expect.any(String) } })
    expect(reproduce).toBe(toCurl(report.exchanges.find(({ id }) => id === evidence[0])!))
    expect(evidence).toContain(shrunkFrom)
    expect(Object.keys(bodyOf(report, shrunkFrom))).toEqual(['to', 'from', 'grams', 'notes', 'insured'])
  })

  test('keeps the members without which it does not show, however deep, and no others', async () => {
    const document = await post(({ from, ...body }, id) => {
      return created(from === undefined ? body : { ...body, from: { ...from, street: from.street?.toUpperCase() } }, id)
    })
    const { report } = await runVerify(document, { checks: ['input-roundtrip'] })
    const { evidence, message } = finding(report, 'input-roundtrip')
    expect(message).toContain('/from/street')
    const { to, from } = bodyOf(report, evidence[0]) as { to: object; from: object }
    expect(to).toEqual({ city: expect.any(String) })
    expect(from).toEqual({ city: expect.any(String), street: expect.any(String) })
    expect(Object.keys(bodyOf(report, evidence[0]))).toEqual(['to', 'from'])
  })

  test('stays as it was where a smaller request is answered otherwise', async () => {
    const document = await post(({ grams, ...body }, id) => {
      return { ...created(body, id), status: grams === undefined ? 202 : 200 }
    })
    const { report } = await runVerify(document, { checks: ['created-status-201'] })
    const { evidence, message } = finding(report, 'created-status-201')
    expect(message).toContain('200')
    expect(bodyOf(report, evidence[0])).toMatchObject({ grams: expect.any(Number) })
    expect(Object.keys(bodyOf(report, evidence[0]))).toEqual(['to', 'grams'])
  })

  test('about one of several bodies with a fault shows the smallest with that fault, and still tells of all', async () => {
    const target = await startApi({ status: (code, usual) => (code === 'invalid-input' ? 500 : usual) })
    close = target.close
    const { report } = await runVerify(target.document, { operations: ['create-books'], checks: ['invalid-is-4xx'] })
    const { evidence, message, shrunkFrom } = finding(report, 'invalid-is-4xx')
    expect(message).toContain('/isbn is missing (500), /title is missing (500)')
    expect(Object.keys(bodyOf(report, evidence[0]))).toEqual(['title'])
    expect(Object.keys(bodyOf(report, shrunkFrom))).toEqual(['title', 'pages', 'price', 'tags'])
    expect(evidence.length).toBeGreaterThan(10)
  })

  test('about a body with a fault stays as it was where a smaller one is answered otherwise', async () => {
    const document = await post((body, id) => {
      if (typeof body !== 'object' || body === null) return { status: 400, body: {} }
      if ('to' in body) return created(body, id)
      return { status: body.grams === undefined ? 501 : 500, body: {} }
    })
    const { report } = await runVerify(document, { checks: ['invalid-is-4xx'] })
    const { evidence, message } = finding(report, 'invalid-is-4xx')
    expect(message).toContain('/to is missing (500)')
    expect(Object.keys(bodyOf(report, evidence[0]))).toEqual(['grams'])
  })

  test('about duplicates keeps what makes two resources the same one', async () => {
    const document = await post(created, {
      members: { label: { type: 'string' } },
      policy: { naturalKey: ['label'], duplicates: 'reject' },
    })
    const { report } = await runVerify(document, { checks: ['duplicate-policy-enforced'] })
    const { evidence } = finding(report, 'duplicate-policy-enforced')
    expect(Object.keys(bodyOf(report, evidence[0]))).toEqual(['to', 'label'])
  })
})

describe('shrinking', () => {
  test('costs nothing in a run without findings', async () => {
    const counts: number[] = []
    for (const shrink of [true, false]) {
      const target = await startApi()
      const { report } = await runVerify(target.document, { shrink })
      await target.close()
      expect(report.results.filter(({ verdict }) => verdict === 'fail')).toEqual([])
      counts.push(report.requests)
    }
    expect(counts[0]).toBe(counts[1])
  })

  test('costs at most forty requests for a finding', async () => {
    const count = async (shrink: boolean) => {
      // Only a body with all its members shows the fault: the most tries there can be.
      const members = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`note${n}`, { type: 'string' }]))
      const document = await post(
        (body, id) => ({ ...created(body, id), status: Object.keys(body).length === 35 ? 200 : 201 }),
        { members },
      )
      const { report } = await runVerify(document, { checks: ['created-status-201'], shrink, exchanges: 'all' })
      await close()
      expect(finding(report, 'created-status-201')).toBeDefined()
      // What was made is deleted besides.
      return report.exchanges.filter(({ request }) => request.method !== 'DELETE').length
    }
    const [plain, shrunk] = [await count(false), await count(true)]
    expect(shrunk).toBeGreaterThan(plain)
    expect(shrunk - plain).toBeLessThanOrEqual(40)
  })

  test('leaves nothing behind, changes no verdict and no id, and finds the same again', async () => {
    const runs: Report[] = []
    for (const shrink of [false, true, true]) {
      const target = await startApi({ createdStatus: () => 200, accepts: () => true })
      const now = () => new Date('2030-01-01T00:00:00Z')
      const { report } = await runVerify(target.document, { shrink, now, operations: ['create-books'], races: 2 })
      expect(report.leftovers).toEqual([])
      runs.push(report)
      await target.close()
    }
    const verdicts = runs.map(({ results }) =>
      results.map(({ id, check, verdict, level }) => [id, check, verdict, level]),
    )
    expect(verdicts[1]).toEqual(verdicts[0])
    const smallest = runs
      .slice(1)
      .map((report) =>
        report.results
          .filter(({ shrunkFrom }) => shrunkFrom !== undefined)
          .map(({ check, evidence }) => [check, Object.keys(bodyOf(report, evidence[0]))]),
      )
    expect(smallest[0]?.length).toBeGreaterThan(1)
    expect(smallest[1]).toEqual(smallest[0])
  })

  test('sends nothing once half of the requests of a run are spent', async () => {
    const target = await startApi({ createdStatus: () => 200 })
    close = target.close
    const options = { operations: ['create-books'], checks: ['created-status-201'] }
    const { report } = await runVerify(target.document, { ...options, shrink: false })
    const { report: tight } = await runVerify(target.document, { ...options, maxRequests: report.requests })
    expect(finding(tight, 'created-status-201').shrunkFrom).toBeUndefined()
  })
})
