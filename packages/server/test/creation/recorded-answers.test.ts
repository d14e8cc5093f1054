import { Redis } from 'ioredis'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  aesGcmSeal,
  type Creation,
  created,
  defineCreation,
  type IdempotencySettings,
  type Seal,
} from '../../src/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { redisStore } from '../../src/stores/redis.ts'
import { sqliteStore } from '../../src/stores/sqlite.ts'
import type { HeaderLines } from '../../src/testing/send-request.ts'
import { hasRedis, startRedis } from '../stores/redis-server.ts'
import { temporaryFile } from '../stores/temporary-file.ts'
import { openShop, type Shop, type ShopSettings } from './shop.ts'

const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const old = aesGcmSeal({ keys: { first }, current: 'first' })
const rotated = aesGcmSeal({ keys: { first, second }, current: 'second' })
const onlySecond = aesGcmSeal({ keys: { second }, current: 'second' })

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** Serves it with these keys; with a file, as another version of the service over the same database. */
async function open(idempotency: Partial<IdempotencySettings>, settings: ShopSettings = {}, file?: string) {
  const shop = await openShop({ idempotency: { key: 'optional', ...idempotency }, ...settings }, file)
  ends.push(() => shop.close())
  return shop
}
async function sharedFile(): Promise<string> {
  const { file, remove } = await temporaryFile()
  ends.push(remove)
  return file
}

const key = (value: string): HeaderLines => [['Idempotency-Key', value]]
const post = async (shop: Shop, more: HeaderLines = []) => {
  const answer = await shop.post({ name: 'earl grey' }, [...key('k1'), ...more])
  const of = (name: string): string | undefined => answer.headers.get(name)?.[0]
  return {
    status: answer.status,
    body: answer.body,
    location: of('location'),
    etag: of('etag'),
    type: of('content-type'),
    replayed: of('idempotent-replayed'),
  }
}
/** What the store knows, whatever its columns are. */
const records = (shop: Shop): string =>
  JSON.stringify(shop.store.read.prepare('select * from createonce_record').all(), (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  )

describe('a retry', () => {
  const etag: ShopSettings['etag'] = ({ name }) => `"${name.length}"`

  it('gets the whole answer by default, however large it is', async () => {
    const shop = await open({}, { represent: (row) => ({ ...row, more: 'x'.repeat(2_000_000) }) })
    const [one, retry] = [await post(shop), await post(shop)]
    expect(one.body.length).toBeGreaterThan(2_000_000)
    expect(retry).toEqual({ ...one, replayed: 'true' })
  })

  it("gets status, Location and ETag and no body under replay: 'reference', from the store and from memory", async () => {
    const shop = await open({ replay: 'reference' }, { etag })
    const one = await post(shop)
    expect([one.status, one.body]).toEqual([201, expect.stringContaining('earl grey')])
    for (let retry = 0; retry < 2; retry++) {
      expect(await post(shop)).toEqual({ ...one, body: '', type: undefined, replayed: 'true' })
    }
    expect(records(shop)).not.toContain('earl grey')
  })

  it('of an existing resource that was answered by reference is 200 with its Location', async () => {
    const shop = await open(
      { replay: 'reference' },
      {
        duplicates: {
          policy: 'return-existing',
          naturalKey: ['name'],
          find: ({ name }, { tx }) => tx.prepare('select * from item where name = ?').get(name) as never,
        },
      },
    )
    await shop.post({ name: 'earl grey' })
    const [one, retry] = [await post(shop), await post(shop)]
    expect([one.status, one.body]).toEqual([200, expect.stringContaining('earl grey')])
    expect(retry).toEqual({ ...one, body: '', type: undefined, replayed: 'true' })
  })

  it('gets the body up to maxRecordedBytes, and the reference beyond', async () => {
    for (const [more, isKept] of [
      [0, true],
      [-1, false],
    ] as const) {
      const body = '{"name":"é"}'
      const shop = await open(
        { maxRecordedBytes: Buffer.byteLength(body) + more },
        { represent: () => ({ name: 'é' }), etag },
      )
      const [one, retry] = [await post(shop), await post(shop)]
      expect(one.body).toBe(body)
      expect(retry).toEqual({ ...one, ...(!isKept && { body: '', type: undefined }), replayed: 'true' })
    }
  })
})

describe('with a seal', () => {
  it('the store has nothing of the answer, and every retry gets it whole', async () => {
    const shop = await open({ seal: old }, { etag: ({ name }) => `"${name.replace(' ', '-')}"` })
    const one = await post(shop)
    expect(records(shop)).not.toMatch(/earl|shelves|Location/)
    expect(records(shop)).toContain('sealed:1:first:')
    for (let retry = 0; retry < 2; retry++) expect(await post(shop)).toEqual({ ...one, replayed: 'true' })
  })

  it('answers that were recorded without one are still replayed, and so are those of an older key', async () => {
    const file = await sharedFile()
    const bare = await open({}, {}, file)
    const one = await post(bare)
    const sealing = await open({ seal: old }, {}, file)
    expect(await post(sealing)).toEqual({ ...one, replayed: 'true' })
    const two = await sealing.post({ name: 'assam' }, key('k2'))
    const rotating = await open({ seal: rotated }, {}, file)
    expect((await rotating.post({ name: 'assam' }, key('k2'))).body).toBe(two.body)
    await rotating.post({ name: 'ceylon' }, key('k3'))
    expect(records(rotating)).toMatch(/sealed:1:first:.*sealed:1:second:/)
    expect(rotating.items()).toHaveLength(3)
  })

  it.each([
    ['a process without the key', { seal: onlySecond }, "with the key 'first'"],
    [
      'a process whose key of that name is another',
      { seal: aesGcmSeal({ keys: { first: second }, current: 'first' }) },
      "with the key 'first'",
    ],
    ['a process without a seal', {}, "sealed with the key 'first', and this creation has no seal"],
  ])('a retry that reaches %s is 503, says so in the log, and executes nothing', async (_, settings, message) => {
    const file = await sharedFile()
    const one = await post(await open({ seal: old }, {}, file))
    const other = await open(settings, {}, file)
    for (let retry = 0; retry < 2; retry++) {
      const answer = await other.post({ name: 'earl grey' }, key('k1'))
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, ['5']])
      expect(JSON.parse(answer.body)).toMatchObject({ type: '/problems/record-unreadable' })
      expect(answer.body).not.toMatch(/first|sealed:/)
      const { event, code, err } = other.events.pop()!
      expect([event, code]).toEqual(['creation.failed', 'record-unreadable'])
      expect((err as Error).message).toContain(message)
    }
    expect(other.items()).toHaveLength(1)
    expect(await post(await open({ seal: rotated }, {}, file))).toEqual({ ...one, replayed: 'true' })
  })

  it('that fails while it seals, everything is rolled back and the key is free', async () => {
    let isBroken = false
    const seal: Seal = {
      ...old,
      seal(text, about) {
        if (isBroken) throw new Error('no key today')
        return old.seal(text, about)
      },
    }
    const shop = await open({ seal })
    isBroken = true
    expect((await post(shop)).status).toBe(500)
    expect(shop.items()).toEqual([])
    isBroken = false
    expect(await post(shop)).toMatchObject({ status: 201, replayed: undefined })
  })

  it('requests without a key are not sealed, since nothing of them is recorded', async () => {
    let sealed = 0
    const seal: Seal = { ...old, seal: (text, about) => `${++sealed && old.seal(text, about)}` }
    const shop = await open({ seal })
    const before = sealed
    await shop.post({ name: 'assam' })
    expect(sealed).toBe(before)
    await post(shop)
    expect(sealed).toBe(before + 1)
  })
})

/** Asks a creation without a framework. */
const send = (creation: Creation<unknown>) =>
  creation.handle({
    method: 'POST',
    path: '/things',
    query: '',
    params: {},
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k1' },
    body: { kind: 'raw', bytes: Buffer.from('{"name":"earl grey"}') },
    requestId: 'r1',
    native: undefined,
  })

describe('a declared row', () => {
  it.each<[string, Partial<IdempotencySettings>, RegExp, boolean]>([
    ['sealed', { seal: old }, /sealed:1:first:/, true],
    ['by reference', { replay: 'reference' }, /things/, false],
  ])('is recorded %s too', async (_, settings, expected, hasBody) => {
    const { file, remove } = await temporaryFile()
    ends.push(remove)
    const store = await sqliteStore({
      file,
      schema: 'create table thing (id text primary key, name text not null) strict',
    })
    ends.push(() => store.close())
    const creation = defineCreation({
      operation: 'createThing',
      store,
      principal: 'anybody',
      input: z.strictObject({ name: z.string() }),
      insert: { table: 'thing', values: (input, { newId }) => ({ id: newId(), ...input }) },
      duplicates: 'allow',
      idempotency: { key: 'required', ...settings },
      location: '/things/{id}',
    })
    const [one, retry] = [await send(creation), await send(creation)]
    const kept = JSON.stringify(store.read.prepare('select * from createonce_record').all())
    expect(kept).toMatch(expected)
    expect(kept).not.toContain('earl grey')
    expect([retry.status, retry.headers['Location'], retry.headers['Idempotent-Replayed'], retry.body]).toEqual([
      201,
      one.headers['Location'],
      'true',
      hasBody ? one.body : undefined,
    ])
  })
})

describe.skipIf(!hasRedis())('over Redis', () => {
  it('answers are sealed, and replayed', async () => {
    const server = await startRedis()
    ends.push(() => server.stop())
    const client = new Redis({ host: '127.0.0.1', port: server.port })
    ends.push(async () => client.disconnect())
    const creation = defineCreation({
      operation: 'createThing',
      store: redisStore({ ioredis: client }),
      onCrash: 'block',
      principal: 'anybody',
      input: z.strictObject({ name: z.string() }),
      create: (input) => created({ id: '1', ...input }),
      duplicates: 'allow',
      idempotency: { key: 'required', seal: old },
      location: '/things/{name}',
    })
    const [one, retry] = [await send(creation), await send(creation)]
    expect([one.status, one.body]).toEqual([201, '{"id":"1","name":"earl grey"}'])
    expect(retry).toEqual({ ...one, headers: { ...one.headers, 'Idempotent-Replayed': 'true' } })
    const [name] = await client.keys('createonce:*')
    const kept = JSON.stringify(await client.hgetall(name!))
    expect(kept).toContain('sealed:1:first:')
    expect(kept).not.toMatch(/earl|things/)
  })
})

describe('settings of the record that are wrong', () => {
  const define = (idempotency: object) => () =>
    defineCreation({
      operation: 'createThing',
      store: memoryStore(),
      principal: 'anybody',
      input: z.unknown(),
      create: () => created({ id: '1' }),
      duplicates: 'allow',
      idempotency: { key: 'required', ...idempotency } as IdempotencySettings,
      location: '/things/{id}',
    })

  it.each<[object, string]>([
    [{ replay: 'none' }, `idempotency.replay must be 'full' or 'reference'; got "none"`],
    [{ maxRecordedBytes: 0 }, "write replay: 'reference'; got 0"],
    [{ maxRecordedBytes: '64 KiB' }, 'must be a positive number of bytes'],
    [{ seal: { ...old, keyId: 'a:b' } }, 'idempotency.seal.keyId must be 1 to 64 letters'],
    [{ seal: { ...old, seal: async () => '' } }, 'a promise from seal()'],
    [{ seal: { ...old, seal: () => 'é' } }, 'outside printable ASCII'],
    [{ seal: { ...old, open: () => 'another' } }, 'another text from open()'],
    [{ seal: { ...old, open: onlySecond.open } }, "the error: aesGcmSeal has no key of the name 'first'"],
  ])('are refused when the creation is defined, with what was seen: %#', (settings, message) => {
    expect(define(settings)).toThrow(TypeError)
    expect(define(settings)).toThrow(message)
  })

  it.each([
    { seal: { keys: { first: first.toString('base64') }, current: 'first' } },
    { seal: first.toString('base64') },
    { seal: null },
  ])('are refused without showing a key: %#', (settings) => {
    expect(define(settings)).toThrow('e.g. aesGcmSeal({ keys, current })')
    expect(define(settings)).not.toThrow(first.toString('base64'))
  })

  it('are not what is right', () => {
    expect(define({ replay: 'full', maxRecordedBytes: 65_536, seal: old })).not.toThrow()
  })
})
