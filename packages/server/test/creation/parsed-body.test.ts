import { expect, it } from 'vitest'
import { z } from 'zod'
import { created, defineCreation } from '../../src/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'

it.each([400, 422] as const)(
  'under a key, digits that a parser may have lost are refused as invalid input is: %s',
  async (status) => {
    const creation = defineCreation({
      operation: 'createThing',
      store: memoryStore(),
      principal: 'anybody',
      input: z.strictObject({ size: z.number() }),
      create: () => created({ id: '1' }),
      duplicates: 'allow',
      idempotency: 'optional',
      invalidStatus: status,
      location: '/things/{id}',
    })
    const answer = await creation.handle({
      method: 'POST',
      path: '/things',
      query: '',
      params: {},
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k1' },
      body: { kind: 'parsed', value: JSON.parse('{"size":9007199254740993}') },
      requestId: 'r1',
      native: undefined,
    })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body!)).toMatchObject({
      type: '/problems/invalid-input',
      status,
      errors: [{ pointer: '/size' }],
    })
  },
)

const echo = defineCreation({
  operation: 'createThing',
  store: memoryStore(),
  principal: 'anybody',
  input: z.looseObject({}),
  create: (input) => created({ id: '1', ...input }),
  duplicates: 'allow',
  idempotency: 'optional',
  location: '/things/{id}',
})

it.each([
  ['parsed before', (text: string) => ({ kind: 'parsed', value: JSON.parse(text) }) as const],
  ['at hand as it was sent', (text: string) => ({ kind: 'raw', bytes: Buffer.from(text) }) as const],
])('a body %s has no member __proto__ and no more than 64 levels, whatever the schema takes', async (_, toBody) => {
  const ask = async (text: string) => {
    const answer = await echo.handle({
      method: 'POST',
      path: '/things',
      query: '',
      params: {},
      headers: { 'content-type': 'application/json' },
      body: toBody(text),
      requestId: 'r1',
      native: undefined,
    })
    return { status: answer.status, ...(JSON.parse(answer.body!) as { type?: string; errors?: object[] }) }
  }
  const levels = (count: number) => `{"a":${'['.repeat(count - 1)}${']'.repeat(count - 1)}}`
  expect(await ask('{"a":{"b~/c":[1,{"__proto__":{"isAdmin":true}}]}}')).toMatchObject({
    status: 400,
    type: '/problems/invalid-input',
    errors: [{ pointer: '/a/b~0~1c/1/__proto__' }],
  })
  expect(await ask(levels(64))).toMatchObject({ status: 201 })
  expect(await ask(levels(65))).toMatchObject({ status: 400, type: '/problems/malformed-body' })
  expect(await ask(levels(20_000))).toMatchObject({ status: 400, type: '/problems/malformed-body' })
})
