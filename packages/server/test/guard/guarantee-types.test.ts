import type { IncomingMessage } from 'node:http'
import express, { type Request } from 'express'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { idempotent as guardExpress } from '../../src/adapters/idempotent/express.ts'
import { idempotent as guardFetch } from '../../src/adapters/idempotent/fetch.ts'
import { defineIdempotent, type Guard, type GuardContext } from '../../src/guard/index.ts'
import type { CrashPolicy, CreationRequest, LeasedStore } from '../../src/index.ts'
import { type MemoryTransaction, memoryStore } from '../../src/stores/memory.ts'

// The types are checked by the compiler (npm run types); at run time the member says the same.

const store = memoryStore()
const leased = {
  ...store,
  guarantee: 'leased',
  release: async () => ({ kind: 'absent' }),
} as unknown as LeasedStore<undefined>
const rest = { operation: 'createThing', principal: 'anybody', idempotency: 'required' } as const

describe('what remains of the guarantee', () => {
  it('is exactly once through the transaction, over a transactional store', () => {
    const { guarantee } = defineIdempotent({ ...rest, store })
    expectTypeOf(guarantee).toEqualTypeOf<'exactly-once-through-tx'>()
    expect(guarantee).toBe('exactly-once-through-tx')
  })

  it('is at most once over a leased store that blocks, at least once over one that runs again', () => {
    const blocking = defineIdempotent({ ...rest, store: leased, onCrash: 'block' }).guarantee
    const rerunning = defineIdempotent({ ...rest, store: leased, onCrash: 'rerun' }).guarantee
    expectTypeOf(blocking).toEqualTypeOf<'at-most-once'>()
    expectTypeOf(rerunning).toEqualTypeOf<'at-least-once'>()
    expect([blocking, rerunning]).toEqual(['at-most-once', 'at-least-once'])
  })

  it('is one of the two where the choice is known at run time only', () => {
    const onCrash = 'block' as CrashPolicy
    expectTypeOf(defineIdempotent({ ...rest, store: leased, onCrash }).guarantee).toEqualTypeOf<
      'at-most-once' | 'at-least-once'
    >()
  })

  it('can be demanded by a type', () => {
    const demand = (guard: Guard<unknown, unknown, 'exactly-once-through-tx'>): string => guard.operation
    expect(demand(defineIdempotent({ ...rest, store }))).toBe('createThing')
    // @ts-expect-error At least once is less than was demanded.
    demand(defineIdempotent({ ...rest, store: leased, onCrash: 'rerun' }))
  })

  it('must be chosen over a leased store, and only there', () => {
    // @ts-expect-error Nobody says what a crash means.
    expect(() => defineIdempotent({ ...rest, store: leased })).toThrow(/onCrash must be 'block'/)
    // @ts-expect-error A crash leaves nothing behind.
    expect(() => defineIdempotent({ ...rest, store, onCrash: 'block' })).toThrow(/onCrash must be left out/)
  })
})

describe('what a handler is handed', () => {
  it('is the transaction of the store, by the request of its framework', () => {
    const guard = defineIdempotent({
      ...rest,
      store,
      principal: (request: CreationRequest<Request>) => request.native.ip ?? '',
    })
    express().post('/things', guardExpress(guard), (request, response) => {
      expectTypeOf(guard.contextOf(request)!).toEqualTypeOf<GuardContext<MemoryTransaction>>()
      response.end()
    })
    // @ts-expect-error A guard for requests of Express knows nothing of those of fetch.
    guardFetch(guard, () => new Response())
  })

  it('is no transaction over a leased store', () => {
    const guard = defineIdempotent({ ...rest, store: leased, onCrash: 'block' })
    guardFetch(guard, (_request, context) => {
      expectTypeOf(context?.tx).toEqualTypeOf<undefined>()
      return new Response()
    })
    expectTypeOf(guard).toExtend<Guard<IncomingMessage, undefined>>()
  })
})

describe('a setting that is wrong', () => {
  it.each([
    ['operation', { operation: '' }],
    ['store', { store: {} }],
    ['principal', { principal: undefined }],
    ['idempotency', { idempotency: 'off' }],
    ['reusedStatus', { idempotency: { key: 'required', reusedStatus: 409 } }],
    ['maxRecordedBytes', { idempotency: { key: 'required', maxRecordedBytes: 0 } }],
    ['retention', { idempotency: { key: 'required', retention: 'P1M' } }],
    ['meaning', { meaning: 'done' }],
    ['maxBodyBytes', { maxBodyBytes: 0 }],
    ['answerMs', { answerMs: -1 }],
    ['holdMs', { holdMs: Number.POSITIVE_INFINITY }],
  ])('throws at once and is named: %s', (name, wrong) => {
    expect(() => defineIdempotent({ ...rest, store, ...wrong } as never)).toThrow(new RegExp(`\\b${name} must be`))
  })
})
