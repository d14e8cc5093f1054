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
