import { describe, expect, test } from 'vitest'
import { runVerify } from '../run-verify.ts'
import type { DeclaredCreate } from '../targets/bookshop.ts'
import type { Decisions } from '../targets/styles/decisions.ts'
import { start } from '../targets/styles/start.ts'
import { styles } from '../targets/styles/styles.ts'
import { plainWords } from '../targets/styles/words.ts'

const uuid = { type: 'string', format: 'uuid' }
const time = { type: 'string', format: 'date-time' }

/** What `doc-server-fields-readonly` says where these members are declared beside the others of the request. */
async function judge(members: Record<string, object>, decisions: Partial<Decisions> = {}, style = 'soft validation') {
  const own = { ...styles.find(({ name }) => name === style)!, ids: 'uuid' as const }
  const declares = (one: DeclaredCreate): DeclaredCreate => {
    const { schema } = one.requestBody.content['application/json'] as { schema: { properties: object } }
    const properties = { ...schema.properties, ...members }
    return {
      ...one,
      requestBody: { required: true, content: { 'application/json': { schema: { ...schema, properties } } } },
    }
  }
  const api = await start(own, plainWords, { declares, ...decisions })
  try {
    const operations = [`add-${plainWords.collection}`]
    const { report } = await runVerify(api.document, { operations, checks: ['doc-server-fields-readonly'] })
    const [result] = report.results
    return { verdict: result?.verdict, level: result?.level, message: result?.message ?? '' }
  } finally {
    await api.close()
  }
}

describe('a member of the request that the server sets', () => {
  test('is found where it is declared as any other and what clients send is ignored', async () => {
    const { verdict, level, message } = await judge({ id: uuid, createdAt: time })
    expect([verdict, level]).toEqual(['fail', 'warning'])
    expect(message).toMatch(/"id" and "createdAt".*with id .* a read shows .*with createdAt "1999-12-31T23:59:59Z"/)
  })

  test('is found where a time is refused that the server had set itself', async () => {
    const refuses: Partial<Decisions> = {
      faults: (faults, input) =>
        Object.hasOwn(input as object, 'createdAt')
          ? [...faults, { pointer: '/createdAt', rule: 'unknown', detail: 'is set by the server' }]
          : faults,
    }
    const { verdict, message } = await judge({ createdAt: time }, refuses)
    expect(verdict).toBe('fail')
    expect(message).toContain('also where the value is one that the server had made')
  })

  test.concurrent.each([
    ['with readOnly', { id: { ...uuid, readOnly: true }, createdAt: { ...time, readOnly: true } }],
    ['as what the server sets, in words', { createdAt: { ...time, description: 'Set by the server.' } }],
    ['through a choice of readOnly and more', { createdAt: { allOf: [time, { readOnly: true }] } }],
  ])('passes where it is declared %s', async (_, members) => {
    expect((await judge(members)).verdict).toBe('pass')
  })
})

describe('what is right', () => {
  test('is a schema of its own for requests', async () => {
    expect((await judge({})).verdict).toBe('skip')
  })

  test('is a member that clients may choose', async () => {
    const takes = { takes: () => ['createdAt'] }
    expect((await judge({ createdAt: time }, takes)).verdict).toBe('pass')
  })

  test('is a default, whatever else the API does with a value that is unknown to it', async () => {
    expect((await judge({ status: { type: 'string' } })).verdict).toBe('skip')
  })

  test('is a time that may only lie within bounds that the document does not tell', async () => {
    const late: Partial<Decisions> = {
      takes: () => ['createdAt'],
      faults: (faults, input) =>
        String((input as Record<string, unknown>)['createdAt'] ?? '2').startsWith('1')
          ? [...faults, { pointer: '/createdAt', rule: 'minimum', detail: 'is too early' }]
          : faults,
    }
    expect((await judge({ createdAt: time }, late)).verdict).toBe('inconclusive')
  })
})
