import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createReplayCache } from '../../src/idempotency/replay-cache.ts'
import { created, defineCreation, type Store } from '../../src/index.ts'
import { type MemoryTransaction, memoryStore } from '../../src/stores/memory.ts'
import { createGate } from '../../src/testing/gate.ts'
import { type ManualTime, manualTime } from '../../src/testing/manual-time.ts'
import type { HeaderLines } from '../../src/testing/send-request.ts'
import { temporaryFile } from '../stores/temporary-file.ts'
import { openShop, type Shop } from './shop.ts'

let time: ManualTime
let one: Shop
let other: Shop
let remove: () => Promise<void>
beforeEach(async () => {
  time = manualTime()
  const temporary = await temporaryFile()
  remove = temporary.remove
  // Two services over one database, as two processes are: each has a store and a memory of its own.
  one = await openShop({ time, duplicates: 'allow' }, temporary.file)
  other = await openShop({ time, duplicates: 'allow' }, temporary.file)
})
afterEach(async () => {
  await one.close()
  await other.close()
  await remove()
})

/** Creates, and says whether the answer is a replay. */
const isReplay = async (shop: Shop, caller: string, shelf = 'top'): Promise<boolean> => {
  const headers: HeaderLines = [
    ['Idempotency-Key', 'k1'],
    ['X-Caller', caller],
  ]
  const answer = await shop.post({ name: caller }, headers, `/shelves/${shelf}/items`)
  if (answer.status !== 201) throw new Error(answer.body)
  return answer.headers.has('idempotent-replayed')
}

describe('after a principal was erased', () => {
  it('the process that did it replays none of its answers, and goes on to replay those of others', async () => {
    for (const caller of ['ann', 'bob']) {
      expect([await isReplay(one, caller), await isReplay(one, caller)]).toEqual([false, true])
    }
    expect(await one.store.erase({ principal: 'ann' })).toBe(1)
    expect(await isReplay(one, 'ann', 'low')).toBe(false)
    expect(await isReplay(one, 'bob')).toBe(true)
  })

  it('another process forgets what it remembers within a minute', async () => {
    expect([await isReplay(one, 'ann'), await isReplay(other, 'ann')]).toEqual([false, true])
    await one.store.erase({ principal: 'ann' })
    // It asks nobody, so this is still what it remembers: the minute is the promise.
    time.move(59_999)
    expect(await isReplay(other, 'ann')).toBe(true)
    time.move(1)
    expect(await isReplay(other, 'ann', 'low')).toBe(false)
  })

  it('the resources that it created are as they were', async () => {
    await isReplay(one, 'ann')
    await one.store.erase({ principal: 'ann' })
    expect(one.items()).toMatchObject([{ name: 'ann' }])
  })
})

describe('an answer that is on its way while its record is erased', () => {
  it('is given, and not remembered', async () => {
    const inner = memoryStore({ time })
    let [found, gate] = [createGate(), createGate()]
    gate.open()
    const slow: Store<MemoryTransaction> = {
      ...inner,
      get erasures() {
        return inner.erasures!
      },
      async once(claim, work) {
        const claimed = await inner.once(claim, work)
        found.open()
        await gate.opened
        return claimed
      },
    }
    const creation = defineCreation({
      operation: 'createThing',
      store: slow,
      time,
      principal: 'anybody',
      input: z.unknown(),
      create: () => created({ id: randomUUID() }),
      duplicates: 'allow',
      idempotency: 'required',
      location: '/things/{id}',
    })
    const ask = async () => {
      const answer = await creation.handle({
        method: 'POST',
        path: '/things',
        query: '',
        params: {},
        headers: { 'content-type': 'application/json', 'idempotency-key': 'k1' },
        body: { kind: 'raw', bytes: Buffer.from('{}') },
        requestId: 'r1',
        native: undefined,
      })
      return [answer.headers['Location'], answer.headers['Idempotent-Replayed']]
    }
    const [location] = await ask()
    ;[found, gate] = [createGate(), createGate()]
    const retry = ask()
    await found.opened
    await inner.erase({ principal: 'anybody' })
    gate.open()
    expect(await retry).toEqual([location, 'true'])
    expect(await ask()).toEqual([expect.not.stringMatching(location!), undefined])
  })
})

describe('what a process remembers', () => {
  const record = { fingerprint: '1:f', answer: { status: 201, headers: {} }, asked: undefined }
  const HOUR = 3_600_000

  it('is not what was read before an erasure and arrives after it', () => {
    let erasures = 0
    const cache = createReplayCache({ maxBytes: 10_000, time, erasures: () => erasures })
    const asOf = cache.erasures
    erasures += 1
    expect(cache.get('another')).toBeUndefined()
    cache.put('a', record, time.now() + HOUR, asOf)
    expect(cache.get('a')).toBeUndefined()
    cache.put('a', record, time.now() + HOUR, cache.erasures)
    expect(cache.get('a')).toMatchObject(record)
  })
})
