import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasRedis, type RedisServer, startRedis } from '../../../packages/server/test/stores/redis-server.ts'

interface Parcels {
  add(id: string, input: object, owner: string): Promise<object>
  list(owner: string, query: { readonly limit: number }): Promise<{ readonly items: readonly object[] }>
}

// By its path, since the example is compiled by settings of its own.
const SERVICE = new URL('../src/parcels.service.ts', import.meta.url).href

describe.skipIf(!hasRedis())('the parcels of the example, for which a crash means `rerun`', () => {
  let redis: RedisServer
  let client: Redis
  let parcels: Parcels
  beforeAll(async () => {
    redis = await startRedis()
    client = new Redis(redis.port)
    const { ParcelsService } = await import(SERVICE)
    parcels = new ParcelsService({ client })
  })
  afterAll(async () => {
    await client.quit()
    await redis.stop()
  })

  it('are there once however often they are added, as they were added first', async () => {
    const id = randomUUID()
    const first = await parcels.add(id, { recipient: 'Eve', address: 'Main Street 1', grams: 500 }, 'ann')
    const again = await parcels.add(id, { recipient: 'Eve', address: 'Main Street 1', grams: 500 }, 'ann')
    expect(again).toEqual(first)
    expect(await parcels.list('ann', { limit: 10 })).toEqual({ items: [first] })
  })

  it('are added where the process died before their transaction', async () => {
    // What is left of that: a number that nobody has.
    await client.incr('parcels:last')
    const id = randomUUID()
    const parcel = await parcels.add(id, { recipient: 'Bo', address: 'Main Street 2', grams: 1 }, 'bob')
    expect(parcel).toMatchObject({ id, recipient: 'Bo' })
    expect(await parcels.list('bob', { limit: 10 })).toEqual({ items: [parcel] })
  })
})
