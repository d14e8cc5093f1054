import { describe, expect, test } from 'vitest'
import { targetFromExample, type VerifyOptions } from '../../src/index.ts'
import { notGreen, runVerify, verifyTarget } from '../run-verify.ts'
import { putFaultList } from '../targets/put/put-faults.ts'
import { type PutStyle, putStyles, withOtherNames } from '../targets/put/put-style.ts'
import { otherPutWords, type PutWords, putWords } from '../targets/put/put-words.ts'
import { startPut } from '../targets/put/start-put.ts'
import { serve } from '../targets/serve.ts'

describe('an API whose clients name what they create', () => {
  const copies = putStyles.flatMap((style) => [
    { name: style.name, style, words: putWords },
    { name: `${style.name}, in other words`, style: withOtherNames(style), words: otherPutWords },
  ])

  test.concurrent.each(copies)('has no finding and is left as it was: $name', async ({ style, words }) => {
    const target = await startPut(style, words)
    const { report } = await runVerify(target.document)
    expect(notGreen(report)).toEqual([])
    expect(report.operations.filter(({ judged }) => !judged)).toEqual([])
    const left = target.count()
    expect(style.deletes ? [left, report.leftovers.length] : report.leftovers.length).toEqual(
      style.deletes ? [0, 0] : left,
    )
    await target.close()
  })
})

describe('a fault of an API by PUT', () => {
  const faulty = putFaultList.flatMap((fault) =>
    fault.styles.map((name) => ({ ...fault, check: fault.finds[0] ?? '', where: name, style: styleNamed(name) })),
  )

  test.concurrent.each(faulty)('is found by $check: $name ($where), under any name', async (fault) => {
    const { style, finds, also, level, decisions } = fault
    const failures = async (own: PutStyle, words: PutWords, checks: readonly string[] = []) => {
      const target = await startPut(own, words, decisions())
      const { report } = await runVerify(target.document, { checks })
      await target.close()
      const failed = report.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
      return Object.fromEntries(failed.map(({ check, level }) => [check, level] as const))
    }
    const found = await failures(style, putWords)
    expect(found).toMatchObject({ [finds[0] ?? '']: level })
    expect(Object.keys(found).filter((check) => ![...finds, ...also].includes(check))).toEqual([])
    // That nothing else fails in other words is shown on the correct copies.
    const disguised = await failures(withOtherNames(style), otherPutWords, finds)
    expect(Object.keys(disguised)).toContain(finds[0])
  })
})

describe('a caller without credentials', () => {
  const headers = [['Authorization', 'Basic bWU6bWU=']] as const
  const judge = async (conditionFirst: boolean, checks: VerifyOptions['checks'] = []) => {
    const credentials = () => 'Basic bWU6bWU='
    const target = await startPut(styleNamed('put'), putWords, { credentials, conditionFirst: () => conditionFirst })
    const { report } = await runVerify(target.document, { headers, checks })
    const left = target.count()
    await target.close()
    return { report, left }
  }

  test('is told nothing but that', async () => {
    const { report, left } = await judge(false)
    expect(notGreen(report)).toEqual([])
    expect(left).toBe(0)
    const verdicts = Object.fromEntries(report.results.map(({ check, verdict }) => [check, verdict]))
    expect(verdicts).toMatchObject({ 'auth-challenge-401': 'pass', 'precondition-after-checks': 'pass' })
  })

  test('must not learn from a 412 what exists', async () => {
    const { report } = await judge(true, ['precondition-after-checks'])
    expect(report.results[0]).toMatchObject({ verdict: 'fail', level: 'error' })
    expect(report.results[0]?.message).toContain('missing credentials is answered 401')
  })
})

describe('an example of a PUT, without any document', () => {
  test('is understood as one of many names, judged, and what it made is deleted', async () => {
    const target = await startPut(styleNamed('put'), putWords)
    const example = targetFromExample({
      method: 'PUT',
      url: `${target.origin}/notes/my-first-note`,
      body: { title: 'A note', count: 3 },
    })
    expect(example.creations[0]).toMatchObject({ path: '/notes/{id}', id: 'PUT /notes/my-first-note' })
    const { report } = await verifyTarget(example)
    expect(report.results.filter(({ verdict }) => verdict === 'fail')).toEqual([])
    const verdicts = Object.fromEntries(report.results.map(({ check, verdict }) => [check, verdict]))
    expect(verdicts).toMatchObject({
      'put-create-201': 'pass',
      'if-none-match-star': 'pass',
      'input-roundtrip': 'pass',
    })
    expect([report.leftovers, target.count()]).toEqual([[], 0])
    await target.close()
  })
})

describe('a PUT that only replaces, and declares 201 besides', () => {
  test('is skipped once it answers 404 at a fresh URL, and does not count as not judged', async () => {
    const target = await serve(replacing, (method, url) => {
      if (url.pathname === '/logs' && method === 'POST') return { status: 201, headers: { Location: '/logs/1' } }
      return { status: 404 }
    })
    const { report } = await runVerify(target.document, { operations: ['replaceNote'] })
    await target.close()
    expect(report.operations).toMatchObject([{ id: 'replaceNote', judged: true }])
    expect(new Set(report.results.map(({ verdict }) => verdict))).toEqual(new Set(['skip']))
    expect(report.results[0]?.message).toContain('it replaces what is there, and creates nothing')
  })
})

function replacing(origin: string) {
  const schema = { type: 'object', required: ['title'], properties: { title: { type: 'string', minLength: 1 } } }
  return {
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    servers: [{ url: origin }],
    paths: {
      '/notes/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: { 200: { description: 'one' } } },
        put: {
          operationId: 'replaceNote',
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { 200: { description: 'replaced' }, 201: { description: 'created' } },
        },
      },
    },
  }
}

function styleNamed(name: string): PutStyle {
  const style = putStyles.find((one) => one.name === name)
  if (style === undefined) throw new Error(`no style is named ${name}`)
  return style
}
