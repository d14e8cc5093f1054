import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { HeaderLines } from '../../src/testing/send-request.ts'
import { temporaryFile } from '../stores/temporary-file.ts'
import { openShop, type Shop, type ShopSettings } from './shop.ts'

// A deployment that tightens the schema while clients are still retrying: both versions run on one database.

let temporary: Awaited<ReturnType<typeof temporaryFile>>
let [before, after]: Shop[] = []

const tightened: ShopSettings = {
  input: z.strictObject({ name: z.string().regex(/^[A-Z]/, 'must begin with a capital letter') }) as never,
}
const key: HeaderLines = [['Idempotency-Key', 'k1']]

beforeEach(async () => {
  temporary = await temporaryFile()
  before = await openShop({}, temporary.file)
  after = await openShop(tightened, temporary.file)
})
afterEach(async () => {
  await before!.close()
  await after!.close()
  await temporary.remove()
})

describe('a retry that meets a newer schema', () => {
  it('is replayed though the newer schema refuses its body', async () => {
    const first = await before!.post({ name: 'tea' }, key)
    const retry = await after!.post({ name: 'tea' }, key)
    expect(first.status).toBe(201)
    expect([retry.status, retry.body, retry.headers.get('location')]).toEqual([
      201,
      first.body,
      first.headers.get('location'),
    ])
    expect(retry.headers.get('idempotent-replayed')).toEqual(['true'])
    expect((await after!.post({ name: 'tea' })).status).toBe(400)
    expect(after!.items()).toHaveLength(1)
  })

  it('is a reuse of the key where the body is another one, whatever the schema says of it', async () => {
    await before!.post({ name: 'tea' }, key)
    for (const name of ['coffee', 'Coffee', '']) {
      const answer = await after!.post({ name }, key)
      expect([answer.status, JSON.parse(answer.body).type]).toEqual([422, '/problems/idempotency-key-reused'])
    }
  })

  it('is validated where the first request was refused: nothing was recorded', async () => {
    expect((await before!.post({ name: '' }, key)).status).toBe(400)
    expect((await after!.post({ name: '' }, key)).status).toBe(400)
    expect((await after!.post({ name: 'Tea' }, key)).status).toBe(201)
    expect((await before!.post({ name: 'Tea' }, key)).headers.get('idempotent-replayed')).toEqual(['true'])
  })
})
