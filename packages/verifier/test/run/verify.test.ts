import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { exitCodeOf, loadTarget, reportSchema, toJson, UnknownName, verify } from '../../src/index.ts'
import { toCurl } from '../../src/report/to-curl.ts'
import { toolVersion } from '../../src/report/tool-version.ts'
import { runVerify } from '../run-verify.ts'
import { startApi } from '../targets/create-api.ts'
import { serve } from '../targets/serve.ts'

const validate = addFormats.default(new Ajv2020({ strict: false })).compile(reportSchema)

describe('a run', () => {
  test('writes a report that fits its published schema', async () => {
    const target = await startApi({ location: () => [] })
    const { report } = await runVerify(target.document)
    validate(JSON.parse(toJson(report)))
    expect(validate.errors).toBeNull()
    await target.close()
  })

  test('cites only exchanges that are in the report, with a command for every finding', async () => {
    const target = await startApi({ createdStatus: () => 200, location: () => [] })
    const { report } = await runVerify(target.document)
    const known = new Set(report.exchanges.map(({ id }) => id))
    for (const { verdict, evidence, reproduce } of report.results) {
      expect(evidence.filter((id) => !known.has(id))).toEqual([])
      if (verdict === 'fail') expect([evidence.length > 0, reproduce?.startsWith('curl ')]).toEqual([true, true])
    }
    await target.close()
  })

  test('cites the exchange at fault first, and repeats its request', async () => {
    const target = await startApi({ problem: () => ({ body: '<h1>No</h1>', type: 'text/html' }) })
    const { report } = await runVerify(target.document, { operations: ['create-books'] })
    const { message, evidence, reproduce } = report.results.find(({ check }) => check === 'problem-details-valid')!
    expect(message).toContain('(400 to an invalid body (')
    const [first] = evidence.map((id) => report.exchanges.find((one) => one.id === id)!)
    expect(first?.response?.status).toBe(400)
    expect(first?.id).toBeGreaterThan(Math.min(...evidence))
    expect(reproduce).toBe(toCurl(first!))
    await target.close()
  })

  test('tells what happens while it goes on', async () => {
    const target = await startApi()
    const { events, report } = await runVerify(target.document, {
      operations: ['create-books'],
      checks: ['location-present'],
    })
    expect(events.map(({ kind }) => kind)).toEqual([
      ...['started', 'operation-started', 'check-finished', 'operation-finished', 'cleaning-up', 'finished'],
    ])
    expect(report.results.map(({ check, operation }) => [check, operation])).toEqual([
      ['location-present', 'create-books'],
    ])
    await target.close()
  })

  test('takes an operation by method and path too', async () => {
    const target = await startApi()
    const { report } = await runVerify(target.document, { operations: ['POST /orders'], checks: ['location-present'] })
    expect(report.operations.map(({ id }) => id)).toEqual(['create-orders'])
    await target.close()
  })

  test('refuses names that it does not know', async () => {
    const target = await startApi()
    await expect(runVerify(target.document, { checks: ['no-such-check'] })).rejects.toThrow(UnknownName)
    await expect(runVerify(target.document, { operations: ['nobody'] })).rejects.toThrow('create-books')
    await target.close()
  })

  test('masks the credentials that it was given, wherever they show up', async () => {
    const target = await startApi({
      problem: (body) => ({
        body: { ...body, detail: 'no access for sesame-open-1' },
        type: 'application/problem+json',
      }),
    })
    const { report } = await runVerify(target.document, { headers: [['Authorization', 'Bearer sesame-open-1']] })
    expect(toJson(report)).not.toContain('sesame')
    expect(toJson(report)).toContain('***')
    await target.close()
  })

  test('deletes what it made even when it is stopped in the middle', async () => {
    const target = await startApi()
    for await (const event of verify({ target: await loadTarget(target.document), seed: 3 })) {
      if (event.kind === 'check-finished') break
    }
    expect(target.count()).toBe(0)
    await target.close()
  })

  test('stops at the next request when it is told to, cleans up, and reports what it knows', async () => {
    const controller = new AbortController()
    let creates = 0
    const target = await startApi({
      location: () => [],
      createdStatus: () => {
        if (++creates === 5) controller.abort()
        return 201
      },
    })
    const { report, events } = await runVerify(target.document, {
      operations: ['create-books', 'create-orders'],
      signal: controller.signal,
    })
    // The other operation may have one under way.
    expect([5, 6]).toContain(creates)
    expect([target.count(), report.leftovers]).toEqual([0, []])
    expect(report.operations).toMatchObject([
      { id: 'create-books', judged: false, reason: expect.stringContaining('the run was stopped') },
      { id: 'create-orders', judged: false, reason: expect.stringContaining('the run was stopped') },
    ])
    expect(report.results.some(({ verdict }) => verdict === 'pass')).toBe(true)
    expect(report.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')).toEqual([])
    expect(report.results.find(({ check }) => check === 'location-present')).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringMatching(
        /^it failed once and could not be tried again: .+ \(the run was stopped before it\)$/,
      ),
    })
    expect(exitCodeOf(report)).toBe(3)
    expect(events.at(-1)?.kind).toBe('finished')
    await target.close()
  })

  test('sends nothing when it is stopped before it begins', async () => {
    const target = await startApi()
    const { report } = await runVerify(target.document, { signal: AbortSignal.abort() })
    expect([report.requests, report.results, exitCodeOf(report)]).toEqual([0, [], 3])
    await target.close()
  })

  test('looks before it deletes even at its limit of requests', async () => {
    const target = await startApi({ created: () => undefined })
    await runVerify(target.document, { maxRequests: 30, operations: ['create-books'] })
    expect(target.count()).toBe(0)
    await target.close()
  })

  test('stops creating at its limit of requests, says so, and cleans up', async () => {
    const target = await startApi()
    const { report } = await runVerify(target.document, { maxRequests: 60 })
    expect(report.results.some(({ message }) => message.includes('limit of 60 requests'))).toBe(true)
    expect(report.results.filter(({ verdict }) => verdict === 'fail')).toEqual([])
    expect(target.count()).toBe(0)
    await target.close()
  })

  test('lists what it could not delete', async () => {
    const target = await startApi()
    const loaded = await loadTarget(target.document)
    const creations = loaded.creations.map(({ remove: _, ...rest }) => rest)
    const run = verify({
      target: { ...loaded, creations },
      operations: ['create-books'],
      checks: ['location-present'],
      seed: 3,
    })
    let step = await run.next()
    while (!step.done) step = await run.next()
    expect(step.value.leftovers).toHaveLength(target.count())
    await target.close()
  })

  test('reports a red verdict that does not hold as inconclusive', async () => {
    let creates = 0
    const target = await startApi({ createdStatus: () => (++creates === 1 ? 200 : 201) })
    const { report } = await runVerify(target.document, {
      operations: ['create-books'],
      checks: ['created-status-201'],
    })
    expect(report.results[0]).toMatchObject({ verdict: 'inconclusive' })
    expect(report.results[0]?.message).toContain('failed once and not again')
    await target.close()
  })
})

describe('a target that cannot be judged', () => {
  const document = (origin: string) => ({
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    servers: [{ url: origin }],
    paths: {
      '/things': {
        post: {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
              },
            },
          },
          responses: { 201: { description: 'created' } },
        },
        get: { responses: { 200: { description: 'all' } } },
      },
    },
  })

  test.each([401, 422, 500])('because it answers %i to every create is inconclusive throughout', async (status) => {
    const target = await serve(document, () => ({ status, body: { error: 'no' } }))
    const { report } = await runVerify(target.document)
    expect(new Set(report.results.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']))
    expect(report.operations[0]).toMatchObject({ judged: false, reason: expect.stringContaining(String(status)) })
    expect(exitCodeOf(report)).toBe(3)
    await target.close()
  })

  test('because nobody answers is inconclusive throughout', async () => {
    const target = await serve(document, () => ({ status: 201 }))
    const loaded = await loadTarget(target.document)
    await target.close()
    const run = verify({ target: loaded, seed: 1 })
    let step = await run.next()
    while (!step.done) step = await run.next()
    expect(step.value.operations[0]?.reason).toContain('ECONNREFUSED')
    expect(exitCodeOf(step.value)).toBe(3)
  })
})

test('the version in reports is that of the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(toolVersion).toBe(manifest.version)
})
