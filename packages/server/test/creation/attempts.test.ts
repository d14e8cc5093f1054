import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type CreationEvent, created, defineCreation, type Store } from '../../src/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'

/** A store that runs the work as often as told before it keeps anything, as PostgreSQL does after a conflict. */
function runningTimes(times: number): Store<undefined> {
  const memory = memoryStore()
  return {
    ...memory,
    name: 'again',
    once: (claim, work) =>
      memory.once(claim, async () => {
        const session = {
          tx: undefined,
          attempt: async <T>(step: () => T | Promise<T>) => ({ kind: 'done' as const, value: await step() }),
        }
        for (let run = 1; run < times; run++) await work(session)
        return work(session)
      }),
  } as Store<undefined>
}

describe('the field attempt of a log line', () => {
  it.each([1, 2, 3])('says %i where the store ran the work as often', async (times) => {
    const events: CreationEvent[] = []
    const keep = (fields: object) => void events.push(fields as CreationEvent)
    const creation = defineCreation({
      operation: 'createThing',
      store: runningTimes(times),
      principal: 'anybody',
      input: z.strictObject({}),
      create: () => created({ id: 'a' }),
      duplicates: 'allow',
      idempotency: 'optional',
      location: '/things/{id}',
      log: { info: keep, warn: keep, error: keep },
    })
    const request = {
      method: 'POST',
      path: '/things',
      query: '',
      params: {},
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k1' },
      body: { kind: 'raw' as const, bytes: Buffer.from('{}') },
      requestId: 'r1',
      native: undefined,
    }
    await creation.handle(request)
    await creation.handle(request)
    expect(events).toMatchObject([
      { event: 'creation.created', attempt: times },
      { event: 'creation.replayed', attempt: 1 },
    ])
  })
})
